"""Progress out, a wish to stop in."""

from gmm_core.model.watching import Progress, Watcher


def test_a_watcher_takes_the_jacobian_off_and_remembers_that_it_was_stopped():
    seen = []
    watcher = Watcher(lambda progress: seen.append(progress) or progress.iteration < 1, 2, 5, offset=10.0)
    assert watcher(0, 30.0)
    assert not watcher.stopped
    assert not watcher(1, 31.0)
    assert watcher.stopped
    assert seen == [Progress(2, 5, 0, 20.0), Progress(2, 5, 1, 21.0)]


def test_without_anyone_watching_a_fit_goes_on():
    assert Watcher(None, 0, 1, 0.0)(7, -1.0)
