"""Masked names, phones and ID numbers: enough to recognise, too little to misuse."""


def masked_name(name: str) -> str:
    """张*, 欧**: the surname's first character; nothing for nothing."""
    return name[:1] + "*" * min(len(name) - 1, 2) if name else ""


def masked_phone(phone: str) -> str:
    """199****1234 of a mobile number; of others the last two digits. The first of several."""
    number = phone.split(";")[0]
    if len(number) >= 11:
        return f"{number[:3]}****{number[-4:]}"
    return f"****{number[-2:]}" if number else ""


def masked_id(id_no: str) -> str:
    """9900**********1234: the place and the last four."""
    return f"{id_no[:4]}{'*' * max(0, len(id_no) - 8)}{id_no[-4:]}" if len(id_no) >= 8 else "*" * len(id_no)
