"""The check character of ISO 7064, MOD 37,36: it finds a wrong sign, and two that changed places. The field app reckons the same."""

from string import ascii_uppercase, digits

SIGNS = digits + ascii_uppercase


def check_character(code: str) -> str:
    """The check character over the digits and letters of a code; other signs do not count."""
    total = 36
    for sign in code.upper():
        value = SIGNS.find(sign)
        if value < 0:
            continue
        total = (total + value) % 36 or 36
        total = total * 2 % 37
    return SIGNS[(37 - total) % 36]


def printed(letter: str, code: str) -> str:
    """A code of ours as it is printed, `CKP1:<code>:<check>`: P for a person, H for a household, V for a place, S for a sheet."""
    return f"CK{letter}1:{code}:{check_character(code)}"
