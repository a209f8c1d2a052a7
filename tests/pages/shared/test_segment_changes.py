"""Earlier fits to compare with."""

from gmm_core import Prior
from pages.shared.segment_changes import names_of
from pages.shared.workspace import example_workspace


def test_no_two_fits_are_called_alike_and_what_is_set_is_said():
    plain = example_workspace("penguins")
    fits = [
        plain,
        plain.with_spec(transforms={"bill_depth_mm": "log"}),
        plain.with_spec(scaling="standard"),
        plain.with_spec(weights="body_mass_g"),
        plain.with_spec(sample=100),
        plain.with_spec(components=1),
        plain.with_settings(prior=Prior()),
        plain.with_settings(equal_weights=True),
        plain.with_model(plain.settings.n_components, plain.settings.covariance_type),
        plain.with_settings(tol=1e-6),
        plain.with_settings(tol=1e-5),
    ]
    names = names_of(fits)
    assert len({each.groups_key for each in fits}) == len(set(names)) == len(fits)
    assert "; logarithm of bill_depth_mm)" in names[1]
    assert [name for name in names if name.endswith((" (2)", " (3)"))] == [f"{names[0]} (2)", f"{names[0]} (3)"]
