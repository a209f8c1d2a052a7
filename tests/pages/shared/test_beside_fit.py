"""What there is to know beside a fit, from all who look at it."""

from types import SimpleNamespace

from pages.shared import beside_fit
from pages.shared.remarks import Remark


def test_what_spoils_groups_comes_before_what_may_be_better_and_what_was_done(monkeypatch):
    monkeypatch.setattr(beside_fit.far, "remarks", lambda workspace: [Remark("far")])
    monkeypatch.setattr(beside_fit.totals, "remarks", lambda table: [Remark("total left out", (), "info")])
    monkeypatch.setattr(beside_fit.scattering, "cautions", lambda fitted: [Remark("scattered")])
    monkeypatch.setattr(beside_fit.ways_on, "transform", lambda key, label: [Remark("skewed", (), "lightbulb")])
    monkeypatch.setattr(beside_fit.sentences, "cautions", lambda fitted: ["unfinished", "gaps"])
    for n_components, skewed in ((1, []), (2, ["skewed"])):
        fitted = SimpleNamespace(
            workspace=SimpleNamespace(table=None), mixture=SimpleNamespace(n_components=n_components)
        )
        said = [remark.sentence for remark in beside_fit.remarks(fitted)]
        assert said == ["far", "scattered", "unfinished", "gaps", *skewed, "total left out"]
