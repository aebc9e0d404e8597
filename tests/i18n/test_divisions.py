"""Another country's divisions are called by their own names, as ours are by our words."""

import pytest
from countries import lay_out

from impact.i18n import wording
from impact.i18n.divisions import call_divisions
from impact.i18n.wording import label


@pytest.fixture
def uncalled(monkeypatch):
    """Names that came with the data of another test are of no concern."""
    monkeypatch.setattr(wording, "_CALLED", {})


@pytest.mark.usefixtures("uncalled")
def test_a_first_level_is_called_by_its_own_table(data, tmp_path):
    call_divisions(lay_out(data, tmp_path / "data"))

    assert [label("province", "NM-S", lang) for lang in ("zh", "en")] == ["Südmark", "Südmark"]


@pytest.mark.usefixtures("uncalled")
def test_a_folder_without_such_a_table_changes_nothing(data):
    call_divisions(data)

    assert label("province", "NM-S", "en") == "NM-S"
    assert label("province", "330000", "en") == "Zhejiang"
