"""Broken mail on purpose: 5,000 mutants of all that we have become messages or wait in quarantine, quickly."""

from __future__ import annotations

import mail_mutants
import pytest


@pytest.mark.parametrize("seed", range(10))
def test_no_mutant_is_lost_or_takes_long(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    tally = mail_mutants.run(seed)
    with capsys.disabled():
        print(f"\nfuzz {seed}: {dict(tally.outcomes)}, slowest {tally.slowest * 1000:.0f} ms")
    assert sum(tally.outcomes.values()) == mail_mutants.CHUNK
    assert tally.slowest < mail_mutants.SLOWEST
    assert "mime_unreadable" not in tally.defects, "a mutant ran into the last guard"
    assert not {"report_unreadable"} & set(tally.defects)


def test_the_same_seed_makes_the_same_mutants() -> None:
    known = mail_mutants.sources()[:20]
    assert list(mail_mutants.mutants(7, 50, known)) == list(mail_mutants.mutants(7, 50, known))
    assert list(mail_mutants.mutants(7, 50, known)) != list(mail_mutants.mutants(8, 50, known))
