"""Work beside the page."""

import threading
import time

from gmm_core.errors import DataError
from pages.shared import jobs
from pages.shared.jobs import Job
from pages.shared.pace import Pace


def ended(job: Job) -> Job:
    assert job.wait(300)
    return job


def test_a_job_gives_its_result_and_the_last_thing_it_reported():
    job = ended(Job("key", lambda report: report(0.5, "half") and 42))
    assert job.result == 42
    assert (job.share, job.text) == (0.5, "half")
    assert not job.live


def test_a_job_that_is_stopped_ends_with_what_it_has():
    def work(report):
        done = 0
        while report(0.0, str(done)):
            done += 1
            time.sleep(0.001)
        return done

    job = Job("key", work)
    time.sleep(0.05)
    job.stop()
    assert ended(job).result > 0
    assert job.stopped


def test_a_job_that_nobody_looks_at_stops_by_itself(monkeypatch):
    monkeypatch.setattr(jobs, "FORGOTTEN_AFTER", 0.05)

    def work(report):
        while report(0.0, ""):
            time.sleep(0.01)
        return "stopped"

    job = Job("key", work)
    time.sleep(0.5)
    assert ended(job).result == "stopped"


def test_an_error_of_ours_waits_for_the_page():
    def refuse(report):
        raise DataError("Too flat.")

    job = ended(Job("key", refuse))
    assert isinstance(job.error, DataError)


def test_an_error_that_should_never_be_is_logged_and_said_in_a_sentence(caplog):
    job = ended(Job("key", lambda report: 1 / 0))
    assert "never should" in str(job.error)
    assert "ZeroDivisionError" in caplog.text


def test_no_more_jobs_compute_at_once_than_there_are_places(monkeypatch):
    monkeypatch.setattr(jobs, "_cores", threading.BoundedSemaphore(1))
    running, most = 0, 0

    def work(report):
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.05)
        running -= 1

    for job in [Job(str(i), work) for i in range(3)]:
        ended(job)
    assert most == 1


def test_a_share_outside_0_to_1_is_brought_inside():
    job = ended(Job("key", lambda report: report(7.0, "")))
    assert job.share == 1.0


def test_a_job_says_how_long_yet_only_where_its_shares_count_the_time(monkeypatch):
    monkeypatch.setattr(Pace, "left", lambda pace, now: 12.0 if pace.last[0] == 0.5 else None)
    assert ended(Job("key", lambda report: report(0.5, "half", paced=True))).words == "half; about 12 s left"
    assert ended(Job("key", lambda report: report(0.0, "nothing", paced=True))).words == "nothing"
    assert ended(Job("key", lambda report: report(0.5, "half"))).words == "half"
