import threading

from impact.store.people.secret_key import NAMES, secret_key


def test_the_key_is_made_once_and_is_long(engine):
    assert secret_key(engine) == secret_key(engine)
    assert len(secret_key(engine)) >= 40


def test_each_name_has_a_key_of_its_own(engine):
    assert secret_key(engine, NAMES) == secret_key(engine, NAMES) != secret_key(engine)


def test_many_who_start_at_once_have_one_key(engine):
    keys = []
    threads = [threading.Thread(target=lambda: keys.append(secret_key(engine))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(keys)) == 1
