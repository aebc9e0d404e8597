"""A backup is one moment, whole, and comes back on either kind of database, or not at all."""

import json
import shutil
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from shelves import valley
from sqlalchemy import text
from store.decisions.offices import scenario, solved, staff
from store.test_migrations import TEA, at_version

from impact.access import SYSTEM, Role
from impact.errors import BadInput, Conflict
from impact.store import partners
from impact.store.audit import Sought, entries, verify
from impact.store.backups import back_up, restore
from impact.store.catalogs import load_catalog, save_catalog
from impact.store.database import connect, is_current, reading
from impact.store.decisions import plans, standing
from impact.store.lists.listings import Listings, all_listings
from impact.store.partners import Contact, Partner
from impact.store.solved.allocations import page_of_given
from impact.store.solved.plans import PlanShelf

BOTH = pytest.mark.parametrize("empty_database_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def full(engine):
    """A database with something of every theme in it."""
    maker = staff(engine, "maker", Role.COORDINATOR)
    save_catalog(engine, valley().graph.catalog)
    plans.propose(engine, solved(engine, maker, scenario(engine, maker)).plan_id, maker)
    partners.create(engine, Partner("anji", "安吉", "Anji"), SYSTEM)
    partners.set_contact(engine, "anji", Contact("李主任"), SYSTEM)
    with engine.begin() as connection:
        Listings(connection, "anji").put([TEA], "i-1")
    return engine


@pytest.fixture
def kept(full, tmp_path):
    file = tmp_path / "kept.zip"
    back_up(full, file)
    return file


@BOTH
def test_an_empty_machine_has_everything_after_restoring(full, kept, empty_database_url):
    empty = connect(empty_database_url)

    restore(empty, kept)

    (plan_id,) = PlanShelf(empty).ids()
    assert load_catalog(empty) == valley().graph.catalog
    assert PlanShelf(empty).get(plan_id).plan.exposure.tobytes() == valley().plan.exposure.tobytes()
    assert page_of_given(empty, plan_id, 0, 9) == page_of_given(full, plan_id, 0, 9) != ()
    assert standing.steps_of(empty, plan_id) == standing.steps_of(full, plan_id)
    assert partners.contact_of(empty, "anji") == Contact("李主任")
    assert all_listings(empty) == (("anji", TEA),)
    assert is_current(empty)
    with reading(empty) as connection:
        assert list(verify(connection)) == []
        assert entries(connection, limit=1)[0].what == "backup.restore"
    empty.dispose()


@BOTH
def test_what_is_kept_for_good_is_so_after_restoring(kept, empty_database_url):
    empty = connect(empty_database_url)
    restore(empty, kept)

    with pytest.raises(Exception, match="kept for good"), empty.begin() as connection:
        connection.execute(text("DELETE FROM approvals"))
    empty.dispose()


def test_a_backup_is_one_moment_while_others_write(full, tmp_path):
    with reading(full) as connection:
        before = len(entries(connection))
    manifest = back_up(full, tmp_path / "first.zip")
    partners.set_contact(full, "anji", None, SYSTEM)

    assert manifest.tables["audit"].rows == before
    assert manifest.tables["partner_contacts"].rows == 1
    assert (tmp_path / "first.zip").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_database_that_holds_something_is_replaced_only_when_told(full, kept):
    partners.create(full, Partner("deqing", "德清", "Deqing"), SYSTEM)

    with pytest.raises(Conflict, match="database_not_empty"):
        restore(full, kept)
    assert partners.get(full, "deqing")

    restore(full, kept, replacing=True)
    assert partners.get(full, "deqing") is None
    assert partners.get(full, "anji")


@pytest.mark.parametrize("version", ["0003", "0006", "0007"])
def test_a_backup_of_an_earlier_version_comes_forward(tmp_path, version):
    former = at_version(f"sqlite:///{tmp_path / 'former.sqlite3'}", version)
    back_up_of_then = tmp_path / "former.zip"
    back_up(former, back_up_of_then)
    empty = connect(f"sqlite:///{tmp_path / 'now.sqlite3'}")

    restore(empty, back_up_of_then)

    assert is_current(empty)
    assert PlanShelf(empty).get("valley-1").plan.worth == valley().plan.worth


def changed(file, name, change):
    """Write the archive anew, with one of its files changed."""
    other = file.with_name("other.zip")
    with ZipFile(file) as archive, ZipFile(other, "w", ZIP_DEFLATED) as out:
        for each in archive.namelist():
            content = archive.read(each)
            out.writestr(each, change(content) if each == name else content)
    return other


def honest(manifest_change):
    def change(content):
        told = json.loads(content)
        manifest_change(told)
        return json.dumps(told).encode()

    return change


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("tables/audit.ndjson", lambda rows: rows.replace(b"user.add", b"user.new"), "backup_broken"),
        ("tables/plans.ndjson", lambda _: b"", "backup_broken"),
        ("manifest.json", lambda _: b"{}", "backup_broken"),
        ("manifest.json", honest(lambda told: told.update(format="impact-backup/2")), "backup_broken"),
        ("manifest.json", honest(lambda told: told.update(revision="9999")), "backup_too_new"),
        ("manifest.json", honest(lambda told: told.update(audit="0" * 64)), "backup_audit_broken"),
    ],
)
def test_a_backup_that_was_changed_is_not_restored(kept, tmp_path, name, change, code):
    empty = connect(f"sqlite:///{tmp_path / 'empty.sqlite3'}")

    with pytest.raises(BadInput, match=code):
        restore(empty, changed(kept, name, change))

    with reading(empty) as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM sqlite_master")).scalar_one() == 0


def test_inputs_that_were_tampered_with_before_the_backup_are_found_when_restoring(full, tmp_path):
    with full.begin() as connection:
        connection.execute(text("UPDATE snapshots SET body = :body"), {"body": b"other"})
    back_up(full, tmp_path / "bad.zip")

    with pytest.raises(BadInput, match="backup_content_broken"):
        restore(connect(f"sqlite:///{tmp_path / 'empty.sqlite3'}"), tmp_path / "bad.zip")


@pytest.mark.parametrize("content", [b"", b"no archive at all"])
def test_a_file_that_is_no_backup_is_refused(tmp_path, content):
    file = tmp_path / "x.zip"
    file.write_bytes(content)

    with pytest.raises(BadInput, match="backup_broken"):
        restore(connect(f"sqlite:///{tmp_path / 'empty.sqlite3'}"), file)


def test_a_backup_that_is_cut_off_is_refused_and_changes_nothing(full, kept, tmp_path):
    cut = tmp_path / "cut.zip"
    shutil.copy(kept, cut)
    cut.write_bytes(cut.read_bytes()[:-2_000])

    with pytest.raises(BadInput, match="backup_broken"):
        restore(full, cut, replacing=True)

    with reading(full) as connection:
        assert entries(connection, Sought(what="plan.propose"))
