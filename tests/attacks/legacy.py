"""Vietnamese in the encodings of before Unicode."""

import unicodedata

TONES = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
ROOF = {"": "â", "ø": "à", "ù": "á", "û": "å", "õ": "ã", "ï": "ä"}
BREVE = {"": "ê", "ø": "è", "ù": "é", "û": "ú", "õ": "ü", "ï": "ë"}
HORN = {"o": "ô", "O": "Ô", "u": "ö", "U": "Ö"}
DOTLESS = {"ø": "ì", "ù": "í", "û": "æ", "õ": "ó", "ï": "ò"}

TCVN3 = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ",
        bytes.fromhex(
            "b5b6b7b8b9a8bbbcbdbec6a9c7c8c9cacbaecccecfd0d1aad2d3d4d5d6d7d8dcdddedf"
            "e1e2e3e4abe5e6e7e8e9aceaebecedeeeff1f2f3f4adf5f6f7f8f9fafbfcfdfe"
        ).decode("latin-1"),
    )
)
CAPITALS = dict(zip("ĂÂÊÔƠƯĐ", "\xa1\xa2\xa3\xa4\xa5\xa6\xa7"))


def tcvn3(text):
    """As typed in `.VnTime`; capitals with a tone have no code and turn small."""
    letters = unicodedata.normalize("NFC", text)
    return "".join(
        TCVN3.get(letter) or CAPITALS.get(letter) or TCVN3.get(letter.lower(), letter)
        for letter in letters
    )


def vni(text):
    """As typed in `VNI-Times`: the mark follows its letter."""
    out = ""
    for letter in unicodedata.normalize("NFC", text):
        base, *marks = unicodedata.normalize("NFD", letter)
        tone = next((TONES[mark] for mark in marks if mark in TONES), "")
        if letter in "đĐ":
            out += "ñ" if letter == "đ" else "Ñ"
        elif "\u031b" in marks:
            out += HORN[base] + tone
        elif "\u0302" in marks:
            out += base + ROOF[tone]
        elif "\u0306" in marks:
            out += base + BREVE[tone]
        elif base in "iI" and tone:
            out += DOTLESS[tone]
        else:
            out += base + tone
    return out
