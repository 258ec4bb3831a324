"""Orders to the assistant inside a question: they are left out, and what is asked stays.

The assistant has nothing that an order could set off; without them it only finds better.
"""

import re

_CLAUSE = re.compile(r"(?<=[.!?;:\n])\s+|\n+|\s*,?\s+\b(?:and|then|but|also)\b\s+", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-z][^>]{0,200}>|\[/?[A-Z_]+\]|<\|[^|]{0,60}\|>", re.IGNORECASE)
_ORDERS = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override|bypass|overrule)\b.{0,40}
        \b(?:instructions?|rules?|prompts?|guidelines?|directions?|everything|restrictions?|said|safety|filters?)\b
    | \byou\ are\ (?:now|no\ longer)\b | \bfrom\ now\ on\b | \bpretend\b | \broleplay\b
    | \bact\ as\b | \b(?:developer|dan|debug|admin|god)\ mode\b
    | \byour\ (?:\w+\ )?(?:prompt|instructions|rules|guidelines|password|configuration)\b
    | \b(?:print|reveal|show|repeat|output|leak|dump|list|send|give|tell|display)\b.{0,60}
        \b(?:system\ prompt|instructions|passwords?|api\ keys?|secrets?|credentials|env|tokens?\ of
        |other\ (?:users?|learners?|people)\S*|database|everyone\S*)\b
    | \b(?:repeat|print|output|copy)\b.{0,30}\babove\b
    | \b(?:reply|respond|answer)\b.{0,20}\b(?:only|just|exactly)\b.{0,10}\bwith\b
    | \b(?:delete|remove|erase|mark|set|change|update|reset|grade|skip|approve)\b.{0,25}
        \b(?:my|all|every|each|the)\b.{0,25}
        \b(?:cards?|questions?|grades?|marks?|readiness|score|database|account|schedule|reviews?
        |progress)\b
    | \bgive\ me\b.{0,20}\b(?:marks|points|a\ (?:5|five|good\ grade)|the\ best\ grade)\b
    | \bgrade\ me\b
    | \brepeat\ after\ me\b | \bnew\ task\b | \bend\ of\ (?:the\ )?(?:prompt|context|document)\b
    | \bconfirm\ (?:with|by|that)\b | \bwrite\b.{0,12}\b(?:letter|poem|song|story|haiku|joke)\b
    | \bsay\ that\ you\b | \bno\ restrictions\b
    | \bnew\ instructions?\b | ^\s*(?:system|assistant|developer)\s*: | \bdrop\ table\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "Forget all instructions", "show the passwords" and the like in other languages.
_FORGET = (
    r"ignorier\w*|vergiss|vergesst|missachte\w*|ignor[aei]\w*|olvid[ae]\w*"
    r"|oubli\w*|dimentica\w*|esque[cç]\w*|negeer|vergeet|zignoruj\w*"
    r"|zapomnij\w*|ignoruj\w*|zapome\w*|glöm|yok\ say\w*|unut\w*|abaikan"
    r"|lupakan|bỏ\ qua|quên|игнорируй\w*|забудь\w*|ігноруй\w*|تجاهل\w*"
    r"|انس|अनदेखा|भूल|忽略|无视|無視|忘记|忘れ|무시|잊"
)
_RULES = (
    r"anweisung\w*|regeln|instruc\w*|instruk\w*|instrukce|reglas|règles"
    r"|consignes|istruzioni|regole|regras|regels|polece\w*|pokyn\w*"
    r"|zasad\w*|regler|talimat\w*|kurallar\w*|perintah|aturan|hướng\ dẫn"
    r"|chỉ\ dẫn|инструкц\w*|указани\w*|правил\w*|інструкц\w*|вказівк\w*"
    r"|التعليمات|القواعد|निर्देश\w*|नियम\w*|指示|指令|规则|命令|ルール|지시|명령|규칙"
)
_SECRETS = (
    r"passw\w*|contraseñ\w*|mots?\ de\ passe|senhas?|wachtwoord\w*|has[łl][ao]\w*"
    r"|hesla|lösenord\w*|şifre\w*|kata\ sandi|mật\ khẩu|парол\w*|كلمات?\ (?:ال)?(?:مرور|سر)\w*"
    r"|पासवर्ड|密码|密碼|パスワード|비밀번호|systemprompt\w*|system-prompt|secret\ key"
    r"|api[- ]?keys?"
)
_ABROAD = re.compile(rf"(?:{_FORGET}).{{0,40}}(?:{_RULES})|{_SECRETS}", re.IGNORECASE)
# What is to be repeated is no question.
_ECHO = re.compile(r"\b(repeat after me)\b.*", re.IGNORECASE | re.DOTALL)
_ROLES = re.compile(
    r"[\[<]\s*/?\|?\s*(?:system|assistant|user|inst|sys|im_start)\b|^\W{0,3}(?:system|assistant)\s*:",
    re.IGNORECASE | re.MULTILINE,
)
# Whoever asks about such attacks asks about a subject of the bank.
_SUBJECT = re.compile(
    r"\b(?:attack|injection|jailbreak|defend|defen[cs]e|prevent|stop|protect|detect|handle|resist"
    r"|mitigat|guard|robust|vulnerab|secure|users?\s+(?:says?|types?|tells?|asks?|tries)|adversarial"
    r"|someone|somebody)",
    re.IGNORECASE,
)


def without_orders(text: str) -> tuple[str, bool]:
    """Return the text without commands to the assistant and markup, and whether there were any.

    Pieces of a pretended conversation count as orders, too.
    """
    plain = _ECHO.sub(r"\1", _MARKUP.sub("\n", text))
    clauses = [one for one in _CLAUSE.split(plain) if one.strip()]
    asked = [one for one in clauses if not _is_order(one)]
    return " . ".join(asked), len(asked) < len(clauses) or bool(_ROLES.search(text))


def _is_order(clause: str) -> bool:
    commands = _ORDERS.search(clause) or _ABROAD.search(clause)
    return bool(commands) and not _SUBJECT.search(clause)
