"""The bot's own words in German."""

from bot.telegram.texts.form import Texts

GERMAN = Texts(
    description=(
        "Ich beantworte Fragen aus einer Sammlung von Artikeln, mit deren eigenen Sätzen. Hinter "
        "jedem steht eine Zahl, die die Stelle öffnet, aus der er stammt. Wo die Artikel keine "
        "Antwort geben, sage ich das."
    ),
    short_description="Antworten aus Artikeln, mit einer Fußnote hinter jedem Satz.",
    start=(
        "Frag mich etwas, und ich suche die Antwort in den Artikeln, die ich habe.\n\n"
        "Ich antworte mit deren eigenen Sätzen. Hinter jedem steht eine Zahl: Tippe darauf, um die "
        "Stelle zu sehen, aus der er stammt. Wo die Artikel keine Antwort geben, sage ich das."
    ),
    help=(
        "Stell eine Frage in deinen eigenen Worten. Die nächste darf sich auf sie beziehen; um "
        "bei einer älteren Antwort anzuknüpfen, antworte auf sie. Bearbeitest du eine Frage, "
        "ändere ich meine Antwort.\n\n"
        "/new fängt ein neues Gespräch an\n"
        "/check sucht Belege für eine Behauptung\n"
        "/articles zeigt die Artikel\n\n"
        "Fragen werden mit ihren Antworten aufbewahrt. Besitzer können lesen, welche keine "
        "gefunden haben."
    ),
    help_group=(
        "Hier antworte ich auf /ask mit einer Frage, auf Antworten auf meine Nachrichten und auf "
        "Nachrichten, die mich erwähnen. Eine Zahl in einer Antwort öffnet die Stelle in unserem "
        "privaten Chat."
    ),
    help_owner=(
        "Für Besitzer:\n"
        "/invite lässt jemanden ein, /people zeigt, wer fragen darf\n"
        "/open lässt alle fragen, /close beendet das\n"
        "/groups zeigt, wo ich antworte; füge mich einer Gruppe hinzu, um sie zuzulassen\n"
        "/gaps zeigt, was die Artikel nicht beantwortet haben\n"
        "/export schickt Fragen, Antworten und Rückmeldungen als Datei"
    ),
    sources="Quellen",
    not_answered="Die Artikel beantworten das nicht.",
    near="Keine Antwort, aber in der Nähe:",
    no_articles="Es gibt noch keine Artikel, also habe ich nichts, woraus ich antworten kann.",
    new="Ein neues Gespräch. Was möchtest du wissen?",
    ask_how="Schreib deine Frage hinter /ask, oder antworte damit auf diese Nachricht.",
    failed=(
        "Dabei ist etwas schiefgegangen, und es ist vermerkt. Bitte versuch es gleich noch einmal."
    ),
    too_many="Das ist viel auf einmal! Bitte warte {seconds} Sekunden und frag dann noch einmal.",
    articles="Artikel",
    more="… und weitere: {count}",
    greeting="Hallo! Was möchtest du aus den Artikeln wissen?",
    thanks="Gern geschehen! Möchtest du noch etwas wissen?",
    farewell="Tschüss! Komm wieder, wann immer du eine Frage hast.",
    no_question="Ich sehe darin keine Frage. Was möchtest du wissen?",
    wall_of_text=(
        "Das ist ein langer Text, und ich sehe darin keine Frage. Frag mich in ein, zwei Sätzen "
        "etwas zu den Artikeln, oder antworte auf deinen Text mit /check, um zu sehen, was davon "
        "sie belegen."
    ),
    voice="Zuhören kann ich leider noch nicht. Schreibst du mir deine Frage?",
    sticker="Schön! Ich lese aber nur Worte. Was möchtest du wissen?",
    only_text="Ich kann nur Text lesen. Was möchtest du fragen?",
    earlier="‹ Davor",
    later="Danach ›",
    whole="Ganzer Artikel",
    back="‹ Zurück",
    changed="Dieser Artikel hat sich seitdem geändert. So stand es da, als er zitiert wurde.",
    gone="Diesen Artikel gibt es nicht mehr. Das wurde daraus zitiert.",
    unknown_button="Ich weiß nicht mehr, wofür dieser Knopf war. Bitte frag noch einmal.",
    closed_passage=(
        "Diese Stelle kann ich dir nicht öffnen. Frag mich selbst, dann zeige ich dir, was ich finde."
    ),
    thanked="Danke!",
    noted="Danke, ist vermerkt.",
    taken_back="Zurückgenommen.",
    wrong_passage="Falsche Stelle",
    check_how=(
        "Schreib eine Behauptung hinter /check, oder antworte mit /check auf eine Nachricht."
    ),
    unsupported="Nichts in den Artikeln belegt das.",
    check_nothing="Ich sehe darin keine Behauptung. Schreib eine hinter /check.",
    checked_first="Das sind die ersten {count} Sätze. Schick mir den Rest für ein weiteres /check.",
    written=(
        "Von einem Sprachmodell geschrieben; jeder Satz wurde an der Stelle hinter seiner Zahl geprüft."
    ),
    in_their_words="Mit den eigenen Worten der Artikel.",
    model_away=(
        "Mit den eigenen Worten der Artikel, weil das Sprachmodell gerade nicht antwortet."
    ),
    written_spent=(
        "Mit den eigenen Worten der Artikel. Morgen gibt es für dich wieder geschriebene Antworten."
    ),
    differs="Ein anderer Artikel sagt etwas anderes ({whose}): „{text}“",
    start_written=(
        "Frag mich etwas, und ich suche die Antwort in den Artikeln, die ich habe.\n\n"
        "Ein Sprachmodell formuliert sie, und ich lasse nur Sätze durch, die die Artikel belegen. "
        "Hinter jedem steht eine Zahl: Tippe darauf, um die Stelle zu sehen, die ihn belegt. Wo "
        "die Artikel keine Antwort geben, sage ich das."
    ),
    usage="Was das Sprachmodell geschrieben hat",
    usage_day=(
        "{day} · Fragen: {questions} · Token gelesen: {tokens_in}, geschrieben: {tokens_out} · "
        "Sätze behalten: {kept}, verworfen: {dropped}"
    ),
    no_usage="Noch hat kein Sprachmodell etwas geschrieben.",
    help_usage="/usage zeigt, was das Sprachmodell kostet",
    command_usage="Was das Sprachmodell kostet",
    group_hello=(
        "Hallo! Frag mich mit /ask, erwähne mich oder antworte auf eine meiner Nachrichten. Sonst "
        "bin ich still."
    ),
    group_closed=(
        "Ich bin privat und antworte nur in Gruppen, die einer meiner Besitzer zugelassen hat. "
        "Ein Besitzer kann das tun, indem er hier /admit schreibt."
    ),
    group_dismissed=(
        "In dieser Gruppe antworte ich nicht mehr. Ein Besitzer kann das mit /admit ändern."
    ),
    only_in_groups="Das ist für Gruppen: Schreib es in der Gruppe, um die es geht.",
    not_admitted=(
        "Ich bin privat und antworte nur Leuten, die einer meiner Besitzer eingelassen hat. Wenn "
        "du einen kennst, bitte um eine Einladung. (Deine Telegram-ID ist {user}.)"
    ),
    private="Ich bin privat, tut mir leid.",
    void_code="Dieser Code gilt nicht mehr. Bitte frag nach einem neuen.",
    welcome_owner="Ich gehöre jetzt dir. /help zeigt, was du tun kannst.",
    welcome_editor="Willkommen! Du darfst fragen und Artikel hinzufügen.",
    welcome_reader="Willkommen! Du darfst fragen.",
    owner="Besitzer",
    editor="Redaktion",
    reader="Leser",
    invite=(
        "Wen möchtest du einlassen? Leser fragen; wer zur Redaktion gehört, kann auch Artikel "
        "hinzufügen und entfernen."
    ),
    invite_editor="Redaktion",
    invite_reader="Leser",
    invitation=(
        "Dieser Link lässt eine Person ein (Rolle: {role}). Er gilt einmal, innerhalb von {days} "
        "Tagen:\n{link}"
    ),
    people="Leute",
    nobody="Noch ist niemand eingelassen. /invite macht einen Link.",
    by_settings="laut Einstellungen",
    dismiss="{name} entfernen",
    groups="Gruppen",
    no_groups=(
        "Ich bin in keiner Gruppe, in der ich antworten darf. Füge mich einer hinzu, um sie "
        "zuzulassen."
    ),
    opened="Jetzt dürfen mich alle fragen. /close beendet das.",
    closed="Jetzt dürfen mich nur noch die Leute und Gruppen fragen, die Besitzer zugelassen haben.",
    open_by_settings=(
        "Die Einstellungen sagen, dass alle fragen dürfen (FOOTNOTE_OPEN), also bleibt es dabei."
    ),
    owners_only="Das können nur Besitzer.",
    gaps="Das haben die Artikel nicht beantwortet:",
    no_gaps="Bisher haben die Artikel alles beantwortet.",
    export="Fragen: {count}",
    nothing_to_export="Es wurde noch nichts gefragt.",
    command_ask="Eine Frage stellen",
    command_new="Ein neues Gespräch anfangen",
    command_check="Belege für eine Behauptung suchen",
    command_articles="Die Artikel zeigen",
    command_help="Was ich kann",
    command_gaps="Was die Artikel nicht beantwortet haben",
    command_export="Fragen, Antworten und Rückmeldungen als Datei",
    command_invite="Jemanden einlassen",
    command_people="Wer fragen darf",
    command_groups="Gruppen, in denen ich antworte",
    command_open="Alle fragen lassen",
    command_close="Nur Eingeladene fragen lassen",
)
