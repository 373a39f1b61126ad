"""Where one atom ends and the next begins: separators, and shapes that are atoms by themselves."""

from __future__ import annotations

import re

from readq.lists.fields.vocabulary import MONTHS, VENUE_YEAR_PATTERN

SHORTCODE = re.compile(r":[a-z][a-z0-9_+-]*:")
EMOJI = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u2500-\u27bf\u2900-\u297f\u2b00-\u2bff\ufe0f\u200d\u3030\u303d"
    "\U0001f000-\U0001faff\U0001f1e6-\U0001f1ff]+"
)
SPLIT = re.compile(
    rf"""
    # Nothing begins within a word, save a glued "et al.": most characters are passed over here.
    (?![a-z](?<=[a-z][a-z])(?!t\.?[ ]al))
    (?:
      (?P<url>\bhttps?://[^\s<>"“”\]]+)
    | (?P<arxiv>\b[Aa][Rr][Xx][Ii][Vv](?:[ ]+(?:e-?prints?|preprints?|pre-prints?))?,?[ ]*
        (?: (?:[Aa][Rr][Xx][Ii][Vv])?[ ]?[:：][ ]?(?:abs/)?(?:\d{{2,}}\.?\d*(?:v\d+)?|[a-z-]+(?:\.[A-Z]{{2}})?/\d{{7}})
          | (?:[Aa][Rr][Xx][Ii][Vv])?[ /]?(?:\d{{4}}\.\d{{4,5}}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{{2}})?/\d{{7}}))
        (?![\w-])(?:[ ]?\[[\w.-]+\])?)
    | (?P<doi>\b(?:doi:?[ ]?)?10\.\d{{4,9}}/[^\s"<>]+)
    | (?P<etal>,?\s*(?:\band\s+)?et\.?[ ]al\b\.?(?:\s*\.)?|,?[ ]and[ ]others\b)
    | (?P<vy>\b(?:{VENUE_YEAR_PATTERN}))
    | (?P<short>\b[A-Z][A-Za-z&]{{1,14}}[-']\d\d(?![\w.]|-\w))
    | (?P<lead>(?:(?<=^)|(?<=[\r\x1d\n]))\d\d-[A-Z][A-Za-z&+]{{1,14}}(?=-\w))
    | (?P<packed>(?<![\w./-])(?:199\d|20[0-4]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\w/.-]))
    | (?P<date>\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?i:{MONTHS})\.?,?\s+(?:\d{{1,2}},?\s+)?(?:19[5-9]\d|20[0-4]\d)\b)
    | (?P<lone>(?<![\w./-])(?:1[89]\d\d|20[0-4]\d)(?:[./-](?:0?[1-9]|1[0-2])(?:[./-]\d{{1,2}})?)?(?![\w/]|-\w|\.\d))
    | (?P<hard>\r|\x1d)
    | (?P<yv>(?:(?<=^)|(?<=[\r\x1d\n(\[ ]))(?:19[5-9]\d|20[0-4]\d)[ ]?[-_.:|][ ]?(?:arXiv|[A-Z][A-Za-z&+]{{1,14}})(?=[ ]?[-_:|\[]|$))
    | (?P<stop>(?:(?<=[\w)\]”"'*…])|(?<=[?!.])|(?<=^))[.。](?=\s|$|["”\[(<]|(?=[A-Z][A-Za-z])(?<=[a-z0-9]{{3}}\.)))
    | (?P<mark>(?<=[?!？！])(?=[ \n\[(A-Z]))
    | (?P<punct>[,;，；、|·•‖│]|[ \n](?:--?-?|[–—~‐])(?=[ \n]|$)|[–—](?=[ \n]|$)|(?:(?<=^)|(?<=[\r\x1d\n]))-[ ]|[ ]/[ ]|[ ]\\[ ]|\t)
    | (?P<soft>\n)
    | (?P<open>(?<!\b[A-Za-z])\(|[\[{{（【〔《「])
    | (?P<close>[)\]}}）】〕》」])
    | (?P<quote>["“”„‟〝〞«»]|``|''(?!'))
    )
    """,
    re.VERBOSE,
)
ARXIV_ID = re.compile(r"(?i)arxiv\s*:\s*\d{4}\.\d{4,5}")
_NAME = r"[A-Z][\w.'’-]*(?: [A-Zvd][\w.'’-]*){0,3}"
NAME_LIST = re.compile(rf"\s*{_NAME}(?:,? and {_NAME}|, {_NAME}){{1,40}}\.?\s*")
WORDLESS = re.compile(r"[ \n,;.|/·•()\[\]]*")
PLAIN = re.compile(r"(?!.*(?:et al|[A-Za-z]{3} ?\d|rXiv))[A-Za-z :'’-]*\Z(?<![ -]-)|\s*")
ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:[A-Z]|vs|e\.g|i\.e|Proc|Trans|Int|Conf|J|Vol|No|pp|St|Jr|Dr|Prof|Symp|Lett|Rev|Comput|Sci|Eng|Res|cf|resp|approx|Fig|Eq|Sec|Ch|ed|eds|Univ|Dept|Inc|Ltd|Co|Assoc|Adv|Soc|Syst|Mach|Intell|Learn|Process|Recognit|Inf)$"
)
# "Big Transfer (BiT): …", "privileged information (PI) for …": within a phrase, not beside it.
INNER = re.compile(r"\((?![^()]*\d{4})[\w .&+-]{1,20}\)(?=[:：]|\s+(?!et al|and |in |by )[a-z])")
PAIRS = {")": "(", "]": "[", "}": "{", "）": "(", "】": "[", "〕": "[", "》": "《", "」": "「"}
