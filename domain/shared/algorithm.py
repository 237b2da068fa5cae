"""The names of what a key may be for; apart, so that the command line knows them before anything is installed."""

AES = "AES-256-GCM"
SM4 = "SM4-GCM"
ALGORITHM_NAMES = (AES, SM4)
