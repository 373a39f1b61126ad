"""Words that the field shares: venues, link labels, kinds of things that are no papers.

Nothing here comes from one list: these are the names that conferences, journals, preprint servers
and link labels have everywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Conferences, journals and preprint servers by their usual short names.
_VENUES = """
AAAI AAMAS ACCV ACL ACMMM ACSAC AISTATS ALT AMIA APSIPA ARXIV ASE ASONAM ASPLOS ASRU ATC ATVA
BIBM BIGCOMP BIORXIV BMVC CACM CAD CAV CCS CEC CGF CHI CHIL CIDR CIKM CLEF CLOUD CLUSTER COLING
COLM COLT CONLL CORL CORR CRV CSCW CSF CSL CVIU CVM CVPR DAC DAFX DASFAA DATE DCC DSAA DSN EACL
ECAI ECCV ECIR ECML EDBT EG EGSR EMBC EMNLP EMSOFT ESA ESEC ESOP ESORICS ESWC EUROCRYPT
EUROGRAPHICS EUROSYS EUSIPCO FAACT FAACCT FACCT FAST FCCM FOCS FPGA FPL FPT FSE GECCO GLOBECOM
GLSVLSI GRAPP HPCA HPDC HRI I3D IBM ICA ICAIL ICANN ICAPS ICASSP ICC ICCAD ICCCN ICCD ICCP ICCV
ICDAR ICDCS ICDE ICDM ICFHR ICIP ICLR ICMI ICML ICMLA ICME ICMR ICPADS ICPR ICRA ICS ICSE ICSME
ICSR ICST ICTAI ICVGIP ICWSM IEEE IJCAI IJCB IJCNN IJCV IJRR IMC IMWUT INFOCOM INLG INTERSPEECH
IPDPS IPMI IPSN IROS ISBI ISCA ISCAS ISIT ISLPED ISMAR ISMIR ISSCC ISSTA ISWC ITSC IUI IV IVA
JAIR JBHI JCDL JMIR JMLR KDD KR LAK LICS LREC MASCOTS MEDIA MICCAI MICRO MIDL MLHC MLSP MLSYS
MMM MMSYS MOBICOM MOBIHOC MOBISYS MSR NAACL NAR NDSS NEURIPS NIPS NSDI NSR NEUCOM OOPSLA OSDI
PAKDD PAMI PETS PG PLDI PLOS PNAS PODC PODS POPL PPOPP PRICAI PRCV PVLDB RAL RECSYS RSS RTAS RTSS
SENSYS SIGCOMM SIGCSE SIGDIAL SIGGRAPH SIGIR SIGMETRICS SIGMOD SLT SOCC SODA SOSP SPAA STACS STOC
TACL TASE TASLP TBD TCAD TCYB TCSVT TDSC TGRS THMS TIFS TII TIP TIST TITS TIV TKDD TKDE TKDD TMC
TMI TMLR TMM TNN TNNLS TOCHI TOG TOIS TOMM TPAMI TPDS TRO TSC TSE TSP TVCG TVLSI TWC UAI UBICOMP
UIST UMAP USENIX VCIP VIS VLDB VR VTC WACV WSDM WWW WINE XAI TC ACM MM SIGGRAPH-ASIA SIGKDD
NATURE SCIENCE CELL NEURON PATTERN ECMLPKDD ECML-PKDD KBS IPM ESWA JOCN MEDIXIV MEDRXIV TECHRXIV
CHEMRXIV PSYARXIV OPENREVIEW HAL SSRN RA-L R-AL T-RO T-PAMI S&P SP EUROS&P MLCAD ICCAS
3DV AAAI-IAAI ICLRW CVPRW ICCVW ECCVW NIPSW NEURIPSW ICMLW AAAIW WACVW BMVCW ACLW EMNLPW IJCAIW
KDDW MICCAIW INTERSPEECHW SIGIRW WWWW RSSW CORLW
"""
VENUES = frozenset(_VENUES.split())
# Words that are venues only with a year or beside a separator: too common else.
_WEAK_TEXT = """
NATURE SCIENCE CELL MEDIA PATTERN VIS VR IV CLOUD DATE FAST CHI PR ML SP CAD MICRO TC IS PG
MM ACM IEEE HAL ESA IBM NAR ICS CLUSTER EG LAK KR ALT ASE SLT RSS WINE XAI CSL ICA ICC
"""
_WEAK = frozenset(_WEAK_TEXT.split())

LONG_VENUE = re.compile(
    r"""(?ix)^(?:in\s*:?\s+)?(?:the\s+)?(?:\d{4}\s+)?(?:\d+(?:st|nd|rd|th)\s+)?(?:annual\s+)?
    (?: proceedings\b | proc\.? \s | advances\ in\b | trans(?:actions|\.)\b | lecture\ notes\b
      | (?:ieee|acm|siam|usenix|springer|elsevier|aaai|ieee/cvf|acm/ieee|ieee/acm|ieee/rsj)\b(?:\s*/\s*\w+)?(?:\s+\S+){1,14}$
      | (?:[\w&/-]+\s+){0,5}?(?:international|european|asian|national|annual)\s+(?:[\w&/-]+\s+){0,6}?(?:conference|symposium|workshop|journal|conf\.|joint)\b
      | (?:[\w&/-]+\s+){0,4}?(?:conference|symposium|workshop|workshops|congress)\s+(?:on|of|for|in)\b
      | (?:[\w&-]+\s+){0,4}?journal\s+(?:of|on)\b | journal\b
      | (?:[\w&-]+\s+){0,5}(?:journal|magazine|letters|transactions|reviews?|bulletin|proceedings|news|notices|record|
        communications|quarterly|annals)$
      | (?:foundations\ and\ trends|communications\ of|annals\ of|bulletin\ of|annual\ review\ of|
        pattern\ recognition|neural\ computation|computational\ linguistics|information\ and\ (?:control|computation)|speech\ communication|neural\ networks|machine\ learning|neurocomputing|
        artificial\ intelligence|medical\ image\ analysis|computer\ graphics\ forum|knowledge-based\ systems|
        information\ sciences|expert\ systems|plos\ |nature\ \w+|science\ \w+|scientific\ reports|
        nature|science|cognitive\ science|information\ fusion|signal\ processing|physical\ review)
        (?:\s+(?:and|&|with|letters|on|in)\b.*)?$
    )""",
)
_WORKSHOP = r"(?:\s*[-@]?\s*[Ww]orkshops?\b|\s*WS\b)"
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
# "CVPR 2020", "CVPR-2019", "ICML2020", "ECCV'16", "NIPS 2017 workshop", "IEEE Trans, 2019"
VENUE_YEAR_PATTERN = rf"""
    (?=[A-Z0-9ai])  # what a venue begins with: most places are passed over here
    (?P<venue>
        (?:(?:IEEE|ACM|SIAM|USENIX|Findings\ of(?:\ the)?|Proc\.?\ of|In|in)[:.]?\ )?
        (?:(?<![A-Za-z])[A-Z][A-Za-z]{{0,15}}[A-Z&+][A-Za-z0-9&+]{{0,12}}|[0-9]DV|[Aa]r[Xx]iv|[Ii]nterspeech|[A-Z][a-z]+(?:SIG|Sys|IPS|RSS)[A-Za-z]*
           |Nature|Science|Eurographics|CoRR|RA-L|Neurips|IEEE\ Trans)
        (?:/[A-Z][A-Za-z]+)?
        (?:\ (?:Trans|MM|Multimedia|Asia|Findings|Access|J\.?))?
        (?:{_WORKSHOP})?
    )
    (?:\s*[-,:'’]\s*|\s+|(?<=\w)|\s*\(\s*|\s*@\s*)
    (?P<year>{_YEAR}|(?<=['’])\d\d|(?<=['’]\ )\d\d)
    (?P<after>[./-](?:0?[1-9]|1[0-2])(?:[./-]\d{{1,2}})?\b|(?:{_WORKSHOP}|\s*\((?:[Ww]orkshops?)\))|)
    (?!\w|-\d)
    """
VENUE_YEAR = re.compile(VENUE_YEAR_PATTERN, re.VERBOSE)
YEAR = re.compile(rf"(?<![\w./-]){_YEAR}(?![\w/-]|\.\d)")
MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DATE = re.compile(
    rf"""(?ix)^\W*(?:
      (?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTHS}\.?,?\s*(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?P<a>{_YEAR})?
    | (?P<b>{_YEAR})(?:\s*[-./,]\s*(?:\d{{1,2}}|{MONTHS})){{0,2}}
    | \d{{1,2}}[./-]\d{{1,2}}[./-](?P<c>{_YEAR}) | \d{{1,2}}[./](?P<d>{_YEAR}) | (?P<e>{_YEAR})年(?:\d+月)?(?:\d+日)?
    )\W*$"""
)

# What a link is called when it is not the title: a closed class of words.
_LABELS_TEXT = """
paper papers pdf ps html abs abstract arxiv arxive doi link links url website web site page
homepage home project projects code codes github git gitlab repo repository repositories
implementation official unofficial source pytorch torch tensorflow tf tf2 keras jax caffe
caffe2 mxnet theano chainer paddle paddlepaddle mindspore matlab lua matconvnet torchnet
torch7 julia numpy python c++ cpp cuda colab notebook jupyter demo demos video videos
youtube bilibili talk talks slides slide poster presentation oral spotlight blog post
article blogpost note notes summary review reviews explained bib bibtex bibtext citation
cite supp suppl supplement supplementary supplemental material materials appendix dataset
datasets data benchmark leaderboard model models weights checkpoint checkpoints huggingface
hf 🤗 modelscope space openreview ieee xplore acm springer sciencedirect elsevier cvf ecva
nips neurips pmlr mlr aaai acl anthology hal dl wiley mdpi semantic scholar researchgate
techrxiv biorxiv medrxiv ssrn http https here download docs documentation doc wiki forum
discussion twitter tweet reddit medium zhihu 知乎 论文 代码 链接 主页 项目 解读 thread news press tutorial
tutorials course lecture tool toolbox package library app extended version full text
fulltext published preprint conference journal main primary other more info read view
original web-page webpage project-page author authors authors' translation scihub mirror
local copy file txt scroll star stars readme hub playground api release cvpr iccv eccv icml
iclr version extension eval unofficial official-code third-party thirdparty coming soon x p
c s b
"""
_LABELS = _LABELS_TEXT.split()
LABELS = frozenset(_LABELS)
_RESOURCE_WORDS_TEXT = """
video videos youtube talk talks tutorial tutorials course courses lecture lectures blog
blogs website web page homepage post posts slides podcast dataset datasets code github repo
repository tool tools library libraries package packages software framework frameworks demo
colab notebook implementation implementations toolbox resources resource link links forum
community group people conference conferences workshop workshops competition challenge
challenges news
"""
RESOURCE_WORDS = frozenset(_RESOURCE_WORDS_TEXT.split())
_THINGS = re.compile(
    r"""(?ix)^\W*(?:\d+(?:\.\d+)*\.?\s+)?(?:
    (?:[\w-]+\s+){0,3}
      (?:resources?|links?|repos?|repositories|projects?|tools?|tool\s?kits?|toolbox(?:es)?|software|librar(?:y|ies)|packages?|
         codes?|implementations?|code\s?bases?|data\s?sets?|videos|talks?|lectures?|courses?|tutorials?|blogs?|blog\s?posts?|
         posts?|news|updates?|(?:update|change)\s?logs?|slides|podcasts?|newsletters?|notebooks?|leaderboards?|web\s?sites?)
    | (?:useful|other|related|more|external|recent|latest|main|popular|similar|important)?\s*
      (?:frameworks?|contributors?|contributing|contributions?|contact(?:\s+us)?|feedback|acknowledge?ments?|licen[cs]e|citations?|citing|cite|
         star\s+history|people|researchers?|labs?|groups?|communit(?:y|ies)|conferences?|workshops?|competitions?|challenges?|
         presentations?|demos?|apps?|jobs?|events?|lists?|awesome\s+lists?|services?|companies|products?|platforms?|simulators?|magazines?|
         maintainers?|authors?|todo|changelog|faq|how\s+to\s+\w+|criteria|guidelines?|rules|legends?|instructions?)
    | 数据集|代码|工具|资源|教程|博客|视频|课程|其他资源|联系方式|贡献|更新日志|更新
    )\W*$"""
)
_BOTH = re.compile(r"\s*(?:,|&|/|\+|\band\b|\bor\b|、)\s*", re.IGNORECASE)
_FIRM = re.compile(
    r"(?i)(?:papers?|articles?|publications?|surveys?|reviews?|论文|综述|books?|readings?|literature|preprints?|proceedings|theses|thesis)\b|论文"
)


NEWS = re.compile(
    r"(?i)^\W*(?:(?:latest|recent|project|new|our)\s+)?(?:news|updates?|(?:change|update)\s?logs?|what'?s\s+new|announcements?|最新动态|更新日志|更新|新闻|动态)\W*$"
)


@lru_cache(maxsize=1024)
def heads_resources(text: str) -> bool:
    """Whether `text` is a heading for things that are no papers ("Talks and tutorials")."""
    parts = [part for part in _BOTH.split(text) if part]
    if not parts or len(text) > 80 or _FIRM.search(text):
        return False
    # The last word says what a heading is about: "Video" is a topic, "Videos" are things.
    return all(_THINGS.match(part) and len(part.split()) <= 4 for part in parts)


CONTENTS = re.compile(
    r"(?i)^\W*(?:table\s+of\s+contents?|contents?|toc|index|目录|outline|quick\s+links)\W*$"
)
GENERIC_TITLES = re.compile(
    r"""(?ix)^\W*(?:papers?|resources?|contents?|table\s+of\s+contents?|introduction|overview|surveys?|index|readme|
    home|untitled|publications?|references?|bibliography|about|news|updates?|reading\s+list|20\d\d|19\d\d)\W*$"""
)
_FUNCTION_WORDS_TEXT = """
a an the of for in on with via by from to and or as at is are be can do does not using
towards toward into over under through without beyond between across against within its
their your our how why what when where it that this which than vs versus based
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_TEXT.split())
_TITLE_WORDS_TEXT = """
variational autoencoder bayes mask sparse dense global local fully spatial temporal prior latent transfer nets net
learning network networks neural deep model models modeling data training image images video
distillation knowledge representation representations recognition detection segmentation
classification generation generative adversarial attention transformer transformers
efficient fast robust adaptive unsupervised supervised self-supervised semi-supervised
survey review analysis approach method methods framework system systems algorithm algorithms
language vision visual semantic object objects graph graphs optimization search transfer
domain adaptation architecture architectures reinforcement policy control prediction
estimation large scale multi-task meta-learning few-shot zero-shot diffusion compression
pruning quantization quantized binary low-bit improving understanding rethinking revisiting
exploring embedding embeddings feature features information distributed storage machine
translation speech text human pose scene 3d point cloud dynamic scalable convolutional
recurrent gradient stochastic bayesian probabilistic theory study empirical evaluation
benchmark dataset dual progressive hierarchical contrastive collaborative online continual
incremental towards toward introduction memory reasoning retrieval question answering
synthesis reconstruction rendering fields field radiance view views shape real-time
high-fidelity
"""
TITLE_WORDS = frozenset(_TITLE_WORDS_TEXT.split())

# What is said of a paper beside its venue.
_AWARDS_TEXT = """
oral spotlight highlight highlights poster best award awards honorable mention runner-up
outstanding talk notable top accepted accept preprint survey new hot must read recommended
db track findings demo short long workshop
"""
AWARDS = frozenset(_AWARDS_TEXT.split())

INSTITUTIONS = re.compile(
    r"""(?ix)\b(?:universit\w*|institut\w*|college|school|academy|laborator\w*|labs?|research|inc\.?|ltd\.?|corp\.?|
    google|deepmind|microsoft|msra|facebook|meta\ ai|fair|nvidia|openai|anthropic|amazon|aws|apple|adobe|samsung|intel|ibm|tencent|alibaba|
    baidu|huawei|bytedance|tiktok|sensetime|megvii|kuaishou|snap|uber|salesforce|qualcomm|sony|naver|kakao|yandex|
    mit|cmu|stanford|berkeley|ucla|ucsd|uiuc|eth|epfl|oxford|cambridge|tsinghua|peking|pku|ustc|zju|sjtu|cuhk|hkust|hku|ntu|nus|kaist|
    inria|mila|hit|cas|casia|iflytek|hugging\ face|ut\ austin|yitu|meituan|
    china|usa|uk|singapore|germany|france|japan|korea|switzerland|israel|canada|australia|india|italy|netherlands|europe)\b"""
)
# What a part of an entry is said to be: "Authors: …". Letters are the labels of `conventions`.
_KEYS = {
    "T": "title,paper title,paper name,标题,题目,论文标题,论文题目,论文名称,论文名",
    "A": "author,authors,by,作者,论文作者",
    "V": "venue,conference,conf,journal,published in,publication,published at,published,publisher,appeared in,会议,期刊,发表,来源,收录,刊物",
    "Y": "year,date,published on,publication date,release date,时间,年份,日期,发表时间",
    "K": "name,model,method,nickname,short name,algorithm name,模型,方法",
    "N": "abstract,summary,tldr,tl;dr,tl;dr:,description,notes,note,keywords,keyword,tags,tag,task,tasks,dataset,datasets,contribution,"
    "contributions,comment,comments,affiliation,affiliations,institution,institutions,area,topic,domain,摘要,简介,关键词,备注,机构,单位,任务,笔记,阅读笔记,论文笔记,"
    "一句话总结,核心,解读,说明,introduction,intro,motivation,idea,key idea,citation,citations,cited by",
}
KEYS = {key: label for label, keys in _KEYS.items() for key in keys.split(",")}
# What the heads of columns say.
_HEADS = {
    "T": "title,paper,papers,paper title,paper name,article,publication title,work,论文,标题,题目,论文标题",
    "A": "author,authors,author(s),first author,作者",
    "V": "venue,conference,conf,conf.,journal,journal/conference,conference/journal,published in,publication,published,pub,pub.,where,venues,appeared in,venue/year,会议,期刊,来源",
    "Y": "year,date,time,published date,release date,年份,日期,时间",
    "K": "name,model,method,models,methods,abbreviation,abbr,abbr.,acronym,alias,short name,nickname,approach,算法,模型,方法",
    "N": "note,notes,description,task,tasks,dataset,datasets,keyword,keywords,institute,institution,affiliation,organization,organisation,"
    "summary,tldr,tl;dr,comment,comments,type,category,topic,field,domain,remark,remarks,highlight,highlights,备注,说明,机构,简介",
    "L": "code,link,links,pdf,url,project,project page,github,demo,video,website,resources,implementation,代码,链接",
}
HEADS = {head: label for label, heads in _HEADS.items() for head in heads.split(",")}
KEY = re.compile(r"\s*[-*•·>]*\s*([^\W\d_][\w;/'’& ()-]{0,24}?)\s*[:：]\s*")


def key_label(text: str) -> str:
    """The field that a key ("Authors", "作者", "code") announces; "L" for a link; "" for none."""
    word = " ".join(text.lower().split()).strip("*_ ()")
    found = KEYS.get(word, "")
    return found or ("L" if is_label(word) and len(word.split()) <= 3 else "")


def is_venue_word(word: str, *, weak: bool = False) -> bool:
    """Whether `word` is a venue's short name ("CVPR", "NeurIPS", "ICLRW")."""
    upper = word.upper().strip(".,:;'")
    return upper in VENUES and (weak or upper not in _WEAK)


@lru_cache(maxsize=4096)
def is_label(text: str) -> bool:
    """Whether `text` is what links are called ("paper", "pytorch code", "project page")."""
    if "(" in text:
        text = re.sub(r"\([^()]*\)?", " ", text)
    words = re.findall(r"[^\W\d_]+(?:'s)?|[🤗]", text.lower().replace("c++", "cpp"))
    if len(words) == 1 and words[0] > "\u3000":
        return (
            words[0] in LABELS
            or words[0].removeprefix("论文") in LABELS
            or words[0].removesuffix("链接") in LABELS
        )
    return (
        bool(words) and len(words) <= 5 and sum(word in LABELS for word in words) * 2 > len(words)
    )
