"""SM4 in Galois/counter mode (GB/T 32907, RFC 8998), in the shape of the other authenticated ciphers."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

TAG_BYTES = 16


class SM4GCM:
    """Authenticated encryption under a secret of 16 bytes; the tag follows the encrypted text."""

    def __init__(self, secret: bytes) -> None:
        self._algorithm = algorithms.SM4(secret)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """The encrypted text and its tag. A nonce is good for one text."""
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data or b"")
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """The text; InvalidTag where anything of it was changed."""
        if len(data) < TAG_BYTES:
            raise InvalidTag
        encrypted, tag = data[:-TAG_BYTES], data[-TAG_BYTES:]
        decryptor = Cipher(self._algorithm, modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(associated_data or b"")
        return decryptor.update(encrypted) + decryptor.finalize()
