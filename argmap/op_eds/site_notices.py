"""Lines that a site, a scanner or a printer adds to an op-ed, not words of its author."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 400
"""The most code points of a notice; a cookie notice is a paragraph."""

_NUMBER: Final = r"[\d.,]+"
_ARTICLE: Final = r"(?:article|story|page|post|column|essay|piece|op-ed|opinion piece|commentary)"

_SHARING: Final = (
    r"(?:share|tweet|e-?mail|print|facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|telegram"
    r"|instagram|youtube|pocket|bluesky|mastodon|copy link|save|rss)"
)

_NOTICES: Final = (
    # Navigation
    (
        r"(?:skip|jump|go) (?:directly )?to (?:the )?(?:main |site |primary )?"
        r"(?:content|navigation|article|menu|search|footer|comments?|site index|sidebar|sections?"
        r"|accessibility.*)"
    ),
    r"skip (?:navigation|links?|advertisement|past newsletter promotion)",
    (
        r"(?:main |site |primary |toggle |open |close |show |hide )*(?:navigation|menu"
        r"|search|sidebar)"
    ),
    (
        r"(?:back|return) to (?:the )?(?:top|home(?:page)?|.{1,20} page)|scroll (?:down"
        r"|to top)"
    ),
    (
        r"(?:read|show|see|view|load) (?:more|less|next|all|also|comments?|the full .{1,20}"
        r"|original)"
    ),
    (
        r"(?:previous|next|related|recommended|more|latest|most (?:read|popular|viewed))"
        r"(?: (?:articles?|stories|story|posts?|in .{1,30}|from .{1,30}|on .{1,30}|news))?"
    ),
    (
        r"(?:contents|table of contents|tags?|topics?|share|comments?|homepage"
        r"|contact(?: us)?|about us)"
    ),
    # Advertisements and subscriptions
    (
        r"advertis(?:ement|ements|ing)(?: feature)?|adverts?|ads?|sponsored(?: content"
        r"| by .{1,40})?"
        r"|promoted(?: content)?|paid (?:post|content)|remove ads|ad feedback|supported by"
    ),
    (
        rf"(?:{_ARTICLE} )?continues (?:below|after)(?: (?:this "
        rf"|the )?ad(?:vert(?:isement)?)?)?"
        rf"|{_ARTICLE} continues (?:below|after) (?:this |the )?(?:ad\w*|promotion|video)"
    ),
    (
        r"subscribe(?: now| today| here| for .{1,40}| to .{1,60}| or .{1,30})?"
        r"|subscribers? only"
        r"|(?:already )?a subscriber\??.{0,30}|unsubscribe|become a (?:member|subscriber)"
    ),
    (
        r"(?:sign|log)[ -]?(?:in|up|on|out)(?: (?:now|here|for|to|or|with)\b.{0,60})?"
        r"|loginn?|register"
        r"|my account|create (?:an? )?(?:free )?account|start (?:your )?free trial"
    ),
    (
        r"support (?:our |independent |quality |local |public interest "
        r"|the .{1,20} )*(?:journalism|us|work)"
        r"|donate(?: now| today)?"
    ),
    (
        r"you have .{1,30} (?:free )?articles? (?:left|remaining).{0,40}|newsletters?"
        r"|(?:get|sign up for|receive) .{0,60}(?:newsletters?|inbox|e-?mails?|alerts"
        r"|updates)\b.{0,40}"
    ),
    r"enter your e-?mail.{0,40}|download (?:the )?(?:app|pdf|our app)|get the app",
    (
        r"view (?:this )?(?:.{1,20} )?(?:in (?:your |the )?browser|online|original(?: \w+)?"
        r"|offline)"
        r"|loading(?: comments)?[.…]{0,3}"
    ),
    # Sharing
    (
        rf"(?:share|save|print|e-?mail|tweet|pin|gift|give|bookmark|like|copy|cite|report|flag)"
        rf"(?: (?:this|the|full))*(?: {_ARTICLE}| link)?"
        r"(?: (?:on|via|with|by|to|as) (?:facebook|twitter|x|linkedin|whatsapp|e-?mail"
        r"|reddit|pdf|friends?"
        r"|a friend|pocket|bluesky|mastodon|social media|instapaper|clipboard))*"
        r"|share:? .{0,4}"
    ),
    rf"{_SHARING}(?:[\s|,/·•&-]+{_SHARING})*",
    rf"{_NUMBER}[km]? (?:shares?|comments?|views?|likes?|claps?|reads?|followers?|replies)",
    (
        r"follow (?:us|@\w+|.{1,30} on \w+)(?: on .{1,40})?|join the (?:conversation"
        r"|discussion)"
        r"|leave a (?:comment|reply)|add (?:a )?comment"
    ),
    # Reading time and age
    (
        r"(?:about |approx\w*\.? )?\d+ ?-?(?:min(?:ute)?s?\.?)(?: (?:to )?read(?:ing)?(?: time)?)?"
        r"|\d+ min(?:ute)?s? (?:listen|watch)|read(?:ing)? ?time:? .{1,20}"
        r"|time to read:? .{1,20}"
        r"|(?:est(?:imated|\.)? )?reading time.{0,20}|[\d,.]+ words"
    ),
    (
        rf"this {_ARTICLE} is (?:more than|over|about) .{{1,20}} old"
        r"|(?:posted |updated |published )?(?:\d+|an?) (?:minutes?|hours?|days?|weeks?"
        r"|months?|years?)"
        r" ago(?: .{0,40})?|yesterday|today|just now"
    ),
    (
        rf"listen(?: to (?:this|the) (?:{_ARTICLE}|podcast|audio)"
        rf"| now)?(?:[ ·|(:,-]+{_NUMBER}.{{0,20}})?"
        r"|(?:audio|play|watch)(?: (?:version|video|audio|now|below))?|text (?:size|to speech)"
        r"|read aloud|(?:0?\d:\d\d(?: ?/ ?\d+:\d\d)?)"
    ),
    # Cookies, rights and origins
    (
        r"(?:cookies?|privacy|gdpr|consent)(?: (?:notice|policy|settings|preferences|banner"
        r"|statement))?"
        r"|(?:accept|reject|allow|manage|decline)(?: all)?(?: (?:&|and) \w+)?(?: cookies"
        r"| preferences)?"
        r"|(?:we|this (?:web)?site|our partners|we and our partners) .{0,40}uses? cookies\b.*"
        r"|by (?:continuing|using|clicking|browsing) .{0,200}(?:cookies|terms|privacy).*"
        r"|(?:privacy policy|terms (?:of (?:use|service)|and conditions"
        r"|& conditions))(?: .{0,60})?"
    ),
    (
        r"(?:please )?(?:enable|turn on|activate) (?:javascript|cookies).*|javascript (?:is"
        r"|must|seems).*"
        r"|your browser .{0,120}"
    ),
    (
        r"(?:©|\(c\)).{0,160}|copyright(?: ?(?:©|\(c\)|\d{4}|by\b|,|:).{0,160}| notice)?"
        r"|.{0,160}all rights reserved.{0,40}|permissions?"
    ),
    (
        r"(?:re)?(?:printed|published|produced|posted|used) (?:here )?(?:with|by) (?:the )?"
        r"(?:kind )?permission.{0,160}|reprinted from .{1,120}"
    ),
    (
        rf"(?:(?:this|a version of this|an? (?:earlier )?version of this) {_ARTICLE} )"
        r"(?:was|has been|first|originally|appeared|appears).{0,200}"
    ),
    (
        r"(?:originally|first) (?:published|appeared|posted|printed).{1,160}"
        r"|(?:cross-?posted|syndicated|republished|adapted|excerpted|translated) (?:from|at"
        r"|by|in|on) .{1,120}"
    ),
    (
        r"(?:photo|photograph|image|picture|illustration|credit|graphic|video"
        r"|cartoon|artwork)s?"
        r"(?: (?:credit|by|courtesy|illustration).{0,80}|: .{1,120}|/.{1,80})"
        r"|.{1,60}/ ?(?:getty|shutterstock|alamy|unsplash|afp|reuters|ap|istock)\b.{0,30}"
        r"|getty images|shutterstock|alamy|unsplash|afp|ap photo|istock"
    ),
    (
        r"page \d+(?: ?(?:of|/) ?\d+)?|p(?:age|g|p)?\. ?\d+|\d+ (?:/|of) \d+|- ?\d+ ?-"
        r"|sheet \d+"
    ),
    (
        r"(?:editors?['’]?s?['’]? )note\b.{0,200}|transcript|exclusive|premium"
        r"|breaking(?: news)?|live"
        r"|for immediate release|from the archives?|archived?(?: .{0,20})?|draft"
        r"|confidential|embargoed.*"
        r"|featured|editors?['’]?s?['’]? (?:picks?|choice)|trending(?: now)?|popular"
        r"|free to read"
    ),
    (
        r"(?:dear|to the) (?:sirs?|madam|editors?|readers?)"
        r"(?:(?:,? or|,? and|,| &) (?:sirs?|madam|readers?))*,|sirs?,|@\w+"
    ),
    r"vol(?:ume|\.) ?[\dIVXLC]+.{0,40}|issue (?:no\.? )?\d+.{0,20}|no\. ?\d+.{0,20}",
    (
        r"(?-i:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}),? (?:is|was) (?:an?"
        r"|the) (?:[^.]{0,60} )?(?:columnist|professor|writer|author|editor"
        r"|fellow|journalist|director|reporter|correspondent|researcher|lecturer"
        r"|contributor)\b.{0,150}"
    ),
    # Archives, mails, printed pages and breadcrumb trails
    (
        r"(?:section|length|dateline|load-date|publication-type|from|to|cc|sent"
        r"|reply-to):(?: .{0,200})?|body:?"
    ),
    r"\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d\d.*|we (?:value|respect|care about) your privacy.{0,80}",
    r"(?:home(?:page)?|startseite|accueil|inicio)\s*[/>›»|].{0,100}",
    r"[^>›»]{1,30}(?:\s[>›»]\s[^>›»]{1,30}){2,6}",
    # German
    (
        r"(?:zum|direkt zum) (?:inhalt|hauptinhalt|menü|seitenende)(?: springen| wechseln)?"
        r"|anzeige|werbung"
        r"|(?:jetzt )?(?:anmelden|einloggen|abonnieren|registrieren|teilen|drucken|merken"
        r"|testen|kaufen)"
        r"|(?:artikel|seite|beitrag|text) (?:teilen|drucken|merken|anhören|vorlesen"
        r"|verschenken|hören)"
        r"|lesezeit:? .{1,20}|\d+ min(?:uten?|\.)?(?: lesezeit)?|seite \d+(?: von \d+)?"
        r"|alle rechte vorbehalten.*|dieser (?:artikel|text|beitrag) (?:ist|wurde"
        r"|erschien).{1,100}"
        r"|cookie-?(?:hinweis|einstellungen|richtlinie)e?|datenschutz(?:erklärung)?"
        r"|impressum|menü|suche"
        r"|startseite|mehr zum thema|weiterlesen|vorlesen|kommentare?|\d+ kommentare"
        r"|foto: .{1,80}"
        r"|(?:wir|diese (?:web)?seite|unsere website) .{0,60}cookies\b.*|als e-?paper lesen"
        r"|abo|exklusiv"
    ),
    # French
    (
        r"aller (?:au|à la) (?:contenu|menu|navigation|recherche)(?: principale?)?"
        r"|publicité|annonce"
        r"|(?:se )?connecter|connexion|s['’]abonner|abonnez-vous.{0,60}|s['’]inscrire"
        r"|s['’]identifier"
        r"|(?:partager|imprimer|enregistrer|écouter|offrir|lire)(?: (?:l['’]|cet )article"
        r"| cette page| sur \w+| plus tard)?"
        r"|temps de lecture.{0,20}|lecture:? \d+ ?min.{0,10}|\d+ min(?:utes)?(?: de lecture)?"
        r"|page \d+ sur \d+|tous droits réservés.*|cet article (?:a|est|date).{1,100}"
        r"|accueil|rechercher"
        r"|réservé aux abonnés|article réservé.{0,40}|lire aussi.{0,80}|(?:nous"
        r"|ce site) .{0,60}cookies\b.*"
        r"|crédits? photo.{0,60}|commentaires?|mentions légales|gestion des cookies"
    ),
    # Spanish
    (
        r"(?:saltar|ir|pasar) al (?:contenido|menú)(?: principal)?|publicidad|anuncio"
        r"|iniciar sesión"
        r"|suscr[íi]b(?:ete|irse|ase)(?: .{0,50})?|reg[íi]str(?:ate|arse)"
        r"|compartir(?: en \w+| (?:este |el )?artículo)?|imprimir"
        r"|tiempo de lectura.{0,20}|\d+ min(?:utos)? de lectura|escuchar(?: (?:este"
        r"|el) artículo)?"
        r"|página \d+ de \d+|todos los derechos reservados.*|inicio|buscar|guardar"
        r"|comentarios?"
        r"|este artículo (?:es|tiene|fue|se).{1,100}|(?:este sitio|utilizamos"
        r"|usamos) .{0,60}cookies\b.*"
        r"|política de (?:privacidad|cookies)|aviso legal|solo suscriptores|leer más"
    ),
)
_NOTICE = re.compile("|".join(f"(?:{notice})" for notice in _NOTICES), re.IGNORECASE)

_SECTION = re.compile(
    r"(?:(?:the )?(?:guest |sunday |daily |our |reader |staff |from the )?(?:opinions?|op-?eds?"
    r"|essays?|comment(?:ary|aries|s)?|analys[ie]s|editorials?|columns?|columnists?|perspectives?"
    r"|viewpoints?|views?|letters?(?: to the editor)?|ideas|voices|contributors?|guest writer"
    r"|comment is free|first person|long reads?|the long read|interviews?|features?|reviews?"
    r"|explainers?|blogs?|politics|world|business|culture|science|health|sports?|news|lifestyle"
    r"|environment|economy|education|society|editorial board|speaking out|debate|forum|home"
    r"|uk news|us news|world news|international|national|local|arts|books|technology|tech)"
    r"(?: (?:pages?|section|desk|essay|column|piece|contributor|columnist|writer))?"
    r"|meinung(?:en)?|kommentare?|gast(?:beitrag|kommentar)|kolumnen?|leitartikel|essays?|debatten?"
    r"|politik|wirtschaft|kultur|gesellschaft|feuilleton|glosse|standpunkt|analyse"
    r"|tribunes?|opinions?|débats?|chroniques?|édito(?:rial|riaux)?|idées|point de vue|politique"
    r"|économie|société|monde|carte blanche|opinión|tribunas?|columnas?|editorial(?:es)?|análisis"
    r"|cartas al director|política|economía|sociedad)",
    re.IGNORECASE,
)
_PUT_BETWEEN = re.compile(r"\s*[|·•/›»>,]\s*|\s+[—–:-]\s+|:\s+")

_TITLES_OF_PAPERS: Final = (
    r"(?:Post|Times|Herald|Tribune|Gazette|Journal|Chronicle|Telegraph|Observer|Examiner|Courier"
    r"|Inquirer|Enquirer|Bulletin|Magazine|Review|Zeitung|Anzeiger|Nachrichten|Rundschau)"
)
_WITH_ARTICLE: Final = (
    r"(?:Guardian|News|Star|Mail|Independent|Mirror|Sun|Standard|Express|Dispatch|Globe|Register"
    r"|Sentinel|Press|Daily|Weekly|Monitor|Advertiser|Economist|Spectator|Atlantic|Nation|Hill"
    r"|Conversation|New Yorker|New Republic)"
)
"""Words that name a paper only after `The`; without it they belong to a title."""
_CAPITALISED: Final = r"(?:[A-Z][\w.'’&-]+ )"
_OUTLET = re.compile(
    rf"(?:The )?{_CAPITALISED}{{1,3}}{_TITLES_OF_PAPERS}|The {_TITLES_OF_PAPERS}"
    rf"|The {_CAPITALISED}{{0,3}}{_WITH_ARTICLE}(?: {_TITLES_OF_PAPERS})?"
    r"|(?i:(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|co\.uk|de|fr|es|eu|info|news|at|ch)"
    r"|(?:der |die |le |la |el |l['’])(?:spiegel|zeit|welt|standard|presse|monde|figaro|croix"
    r"|tribune|país|mundo|vanguardia|obs|express|humanité)|libération|mediapart|taz|abc"
    r"|bbc(?: news)?|cnn|npr|reuters|ap news|associated press|al jazeera|bloomberg(?: opinion)?"
    r"|politico|vox|slate|axios|medium|substack|project syndicate|aeon|foreign (?:affairs|policy)"
    r"|usa today|newsweek|time|wired|forbes|salon)"
)


def is_notice(line: str) -> bool:
    """Return whether *line* is a site's notice or label and says nothing about the op-ed."""
    words = line.strip(" \t*_#[]()<>|·•↓↑→←▶►+").rstrip(".!:…")
    return len(words) <= _LONGEST and bool(_NOTICE.fullmatch(words) or is_section_name(words))


def is_section_name(words: str) -> bool:
    """Return whether *words* are a newspaper section, such as `Opinion` or `World | Comment`."""
    parts = [part for part in _PUT_BETWEEN.split(words.strip()) if part]
    return bool(parts) and all(map(_SECTION.fullmatch, parts))


def is_outlet(words: str) -> bool:
    """Return whether *words* look like the name of a newspaper or site."""
    return bool(_OUTLET.fullmatch(words.strip()))
