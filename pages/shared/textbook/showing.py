"""The claims with their findings, and the table of known figures."""

from __future__ import annotations

import streamlit as st

from pages.shared import on_screen
from pages.shared.stores import kept
from pages.shared.textbook.claims import CLAIMS, Claim, Finding
from pages.shared.textbook.refitting import EXACT, NEAR, figures_frame
from pages.shared.wording import count_word


def finding_of(claim: Claim) -> Finding:
    """What the fits say to a claim, computed once."""
    found: Finding = kept("claims", len(CLAIMS), claim.title, claim.check)
    return found


def verdict() -> str:
    """How many of the claims hold, and how many figures agree."""
    n_wrong = sum(not finding_of(claim).holds for claim in CLAIMS)
    agrees = list(figures_frame()["agrees"])
    near = agrees.count(NEAR)
    wrong = "All" if n_wrong == len(CLAIMS) else count_word(n_wrong).capitalize()
    return (
        f"{wrong} of these {count_word(len(CLAIMS))} common statements don't hold for the data that they are made of; "
        f"{agrees.count(EXACT)} of {len(agrees)} known figures come out to the last digit"
        f"{f', and {count_word(near)} within one unit of it' if near else ''}."
    )


def claims() -> None:
    """Each claim in a card."""
    for claim in CLAIMS:
        found = finding_of(claim)
        with st.container(border=True):
            sign = ":green[:material/check_circle:] holds" if found.holds else ":red[:material/cancel:] does not hold"
            st.markdown(f"**{claim.title}** · {sign}")
            st.markdown(f"*“{claim.said}”*")
            st.markdown(found.sentence)


def books() -> None:
    """The statements, and the figures that are known of the same examples."""
    claims()
    figures()


def figures() -> None:
    """Known figures beside those found now."""
    st.subheader("Known figures", anchor=False)
    on_screen.table(
        figures_frame(), hide_index=True, key="textbook-figures", alt="Known figures beside those found here"
    )
    st.caption(
        "Standard deviations have the divisor N, log-likelihoods are in nats, of BIC and ICL the lower is better. "
        "Several values are those of the groups in order; means go row by row. "
        "Within rounding: one unit of the last digit away. There the figure found here is the better one: by hand, BIC "
        "of two groups of wait times with one spread is 14.3048, which rounds to 14.30."
    )
