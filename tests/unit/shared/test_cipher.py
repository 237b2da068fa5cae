"""What is sealed opens again, only with its ring and only as its kind."""

import json
import stat
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from domain.shared.algorithm import ALGORITHM_NAMES
from domain.shared.cipher import ALGORITHMS, CipherError, KeyRing
from domain.shared.identifier import IdentifierKind
from domain.shared.sm4 import SM4GCM

RESIDENT_ID = "11010519491231002X"


def test_what_was_sealed_opens_and_never_looks_the_same_twice():
    ring = KeyRing.fresh()
    ciphers = {ring.seal(IdentifierKind.RESIDENT_ID, RESIDENT_ID) for _ in range(100)}
    assert len(ciphers) == 100
    assert {ring.open(IdentifierKind.RESIDENT_ID, cipher) for cipher in ciphers} == {RESIDENT_ID}


def test_a_cipher_text_opens_only_as_its_kind():
    ring = KeyRing.fresh()
    with pytest.raises(CipherError, match="not sealed as PHONE"):
        ring.open(IdentifierKind.PHONE, ring.seal(IdentifierKind.RESIDENT_ID, RESIDENT_ID))


def test_every_flipped_byte_is_noticed():
    ring = KeyRing.fresh()
    cipher = ring.seal(IdentifierKind.PHONE, "13800138000")
    for place in range(len(cipher)):
        damaged = cipher[:place] + bytes([cipher[place] ^ 1]) + cipher[place + 1 :]
        with pytest.raises(CipherError):
            ring.open(IdentifierKind.PHONE, damaged)
    for length in range(len(cipher)):
        with pytest.raises(CipherError):
            ring.open(IdentifierKind.PHONE, cipher[:length])


def test_another_ring_says_that_it_is_the_wrong_one():
    cipher = KeyRing.fresh().seal(IdentifierKind.PHONE, "13800138000")
    with pytest.raises(CipherError, match="which this key ring does not hold"):
        KeyRing.fresh().open(IdentifierKind.PHONE, cipher)


def test_a_new_key_seals_and_the_old_one_still_opens():
    before = KeyRing.fresh()
    after = before.with_new_key()
    assert after.open(IdentifierKind.PHONE, before.seal(IdentifierKind.PHONE, "1")) == "1"
    assert after.seal(IdentifierKind.PHONE, "1")[:4] != before.seal(IdentifierKind.PHONE, "1")[:4]
    assert after.blind_index(IdentifierKind.PHONE, "1") == before.blind_index(IdentifierKind.PHONE, "1")


def test_a_blind_index_needs_the_ring_the_kind_and_the_value():
    ring = KeyRing.fresh()
    index = ring.blind_index(IdentifierKind.RESIDENT_ID, RESIDENT_ID)
    assert index == ring.blind_index(IdentifierKind.RESIDENT_ID, "110105 19491231 002x")
    assert index != ring.blind_index(IdentifierKind.PASSPORT, RESIDENT_ID)
    assert index != ring.blind_index(IdentifierKind.RESIDENT_ID, "110105194912310029")
    assert index != KeyRing.fresh().blind_index(IdentifierKind.RESIDENT_ID, RESIDENT_ID)
    assert len(index) == 32


def test_sealed_fills_the_four_columns():
    ring = KeyRing.fresh()
    columns = ring.sealed("number", IdentifierKind.RESIDENT_ID, RESIDENT_ID)
    assert ring.open(IdentifierKind.RESIDENT_ID, columns.pop("number_cipher")) == RESIDENT_ID
    assert columns == {
        "number_masked": "1101**********002X",
        "number_blind_index": ring.blind_index(IdentifierKind.RESIDENT_ID, RESIDENT_ID),
        "number_last4": "002X",
    }
    assert set(ring.sealed("number", IdentifierKind.RESIDENT_ID, None).values()) == {None}


def test_a_saved_ring_is_private_and_loads_again(tmp_path: Path):
    ring, path = KeyRing.fresh().with_new_key(), tmp_path / "keys" / "key_ring.json"
    ring.save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert KeyRing.load(path) == ring
    assert [file.name for file in path.parent.iterdir()] == ["key_ring.json"]
    with pytest.raises(FileExistsError):
        KeyRing.fresh().save(path)
    assert KeyRing.load(path) == ring


@pytest.mark.parametrize("damage", ["", "{}", '{"current": 1}', "[]", "short", "algorithm", "current"])
def test_a_damaged_ring_is_refused_by_name(tmp_path: Path, damage: str):
    path = tmp_path / "key_ring.json"
    KeyRing.fresh().save(path)
    content = json.loads(path.read_text())
    only = next(iter(content["keys"].values()))
    match damage:
        case "short":
            only["secret"] = only["secret"][:8]
        case "algorithm":
            only["algorithm"] = "ROT13"
        case "current":
            content["current"] = "00000000"
    path.write_text(json.dumps(content) if damage in ("short", "algorithm", "current") else damage)
    with pytest.raises(CipherError, match=r"key ring"):
        KeyRing.load(path)


def test_sm4_gcm_is_that_of_the_standard():
    """RFC 8998, appendix A.1."""
    key, nonce = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"), bytes.fromhex("00001234567800000000ABCD")
    text = bytes.fromhex("".join(byte * 8 for byte in ("AA", "BB", "CC", "DD", "EE", "FF", "EE", "AA")))
    associated = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    sealed = bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    assert SM4GCM(key).encrypt(nonce, text, associated) == sealed
    assert SM4GCM(key).decrypt(nonce, sealed, associated) == text
    for damaged in (sealed[:-1], sealed[:15], b"", sealed[:-1] + bytes([sealed[-1] ^ 1])):
        with pytest.raises(InvalidTag):
            SM4GCM(key).decrypt(nonce, damaged, associated)
    with pytest.raises(InvalidTag):
        SM4GCM(key).decrypt(nonce, sealed, b"of another kind")


def test_a_ring_may_hold_keys_of_several_algorithms(tmp_path: Path):
    first = KeyRing.fresh()
    second = first.with_new_key("SM4-GCM")
    third = second.with_new_key()
    ciphers = [ring.seal(IdentifierKind.PHONE, "13800138000") for ring in (first, second, third)]
    first.save(tmp_path / "keys.json")
    third.replace(tmp_path / "keys.json")
    loaded = KeyRing.load(tmp_path / "keys.json")
    assert loaded == third
    assert {loaded.open(IdentifierKind.PHONE, cipher) for cipher in ciphers} == {"13800138000"}
    assert [file.name for file in tmp_path.iterdir()] == ["keys.json"]
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
    alone = loaded.with_current_alone()
    assert alone.open(IdentifierKind.PHONE, ciphers[2]) == "13800138000"
    for cipher in ciphers[:2]:
        with pytest.raises(CipherError, match="does not hold"):
            alone.open(IdentifierKind.PHONE, cipher)


@pytest.mark.parametrize("algorithm", ALGORITHM_NAMES)
def test_every_algorithm_seals_by_kind_and_notices_damage(algorithm: str):
    assert set(ALGORITHMS) == set(ALGORITHM_NAMES)
    ring = KeyRing.fresh(algorithm)
    cipher = ring.seal(IdentifierKind.PHONE, "13800138000")
    assert ring.open(IdentifierKind.PHONE, cipher) == "13800138000"
    with pytest.raises(CipherError):
        ring.open(IdentifierKind.EMAIL, cipher)
    for place in range(4, len(cipher)):
        with pytest.raises(CipherError):
            ring.open(IdentifierKind.PHONE, cipher[:place] + bytes([cipher[place] ^ 1]) + cipher[place + 1 :])
