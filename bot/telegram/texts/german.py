"""The bot's own words in German."""

from footnote.bot.telegram.texts.form import Texts

GERMAN = Texts(
    description=(
        "Ich beantworte Fragen anhand einer Sammlung von Artikeln. Hinter jedem Satz einer Antwort "
        "steht eine Zahl, die die Stelle öffnet, auf die er sich stützt. Wo ich nicht sicher "
        "bin oder nichts finde, sage ich das."
    ),
    short_description="Antworten aus Artikeln, mit einer Fußnote hinter jedem Satz.",
    start=(
        "Frag mich etwas, und ich suche die Antwort in den Artikeln, die ich habe.\n\n"
        "Ich antworte mit Sätzen aus den Artikeln selbst. Hinter jedem steht eine Zahl: Tippe "
        "darauf, um die Stelle zu sehen, aus der er stammt. Wo ich nicht sicher bin oder nichts "
        "finde, sage ich das."
    ),
    help=(
        "Stell eine Frage in deinen eigenen Worten. Die nächste darf sich auf sie beziehen; um an "
        "eine ältere Antwort anzuknüpfen, antworte auf sie. Bearbeitest du eine Frage, ändere ich "
        "meine Antwort.\n\n"
        "/new fängt ein neues Gespräch an\n"
        "/check sucht Belege für eine Behauptung\n"
        "/articles zeigt die Artikel\n\n"
        "Fragen werden mit ihren Antworten aufbewahrt, und Besitzer können sie lesen."
    ),
    help_group=(
        "Hier antworte ich auf Fragen hinter /ask, auf Antworten auf meine Nachrichten und auf "
        "Nachrichten, die mich erwähnen. Eine Zahl in einer Antwort öffnet die Stelle in unserem "
        "privaten Chat."
    ),
    help_editor=(
        "Für die Redaktion: Schick mir einen Link oder eine Datei, füge einen langen Text ein "
        "oder leite einen Beitrag weiter, und ich nehme ihn auf.\n"
        "/add nimmt auch Links, oder die Nachricht, auf die du damit antwortest\n"
        "/follow nimmt von jetzt an auf, was in einem Feed neu ist, /unfollow beendet das\n"
        "/articles und ein Tippen auf eine Nummer: einen Artikel umbenennen, ersetzen, "
        "entfernen\n"
        "/undo nimmt die letzte Änderung an den Artikeln zurück"
    ),
    help_owner=(
        "Für Besitzer:\n"
        "/invite lädt jemanden ein, /people zeigt, wer fragen darf\n"
        "/open lässt alle fragen, /close beendet das\n"
        "/groups zeigt, wo ich antworte; füge mich einer Gruppe hinzu, um sie zuzulassen\n"
        "/gaps zeigt, wo ich nicht sicher war und wozu ich nichts gefunden habe\n"
        "/export schickt Fragen, Antworten und Rückmeldungen als Datei"
    ),
    sources="Quellen",
    nothing_found="Dazu habe ich in den Artikeln nichts gefunden.",
    nearest="Ich bin nicht sicher, ob das die Frage beantwortet. Am nächsten kommt:",
    did_it_answer="War die Antwort dabei? Sag es mir mit 👍 oder 👎.",
    unclear="Worum geht es? Sag mir, wen oder was du meinst, dann suche ich danach.",
    too_long="Das hat zu lange gedauert, deshalb habe ich es abgebrochen. Vielleicht hilft eine kürzere Frage.",
    missing="Zu {part} habe ich nichts gefunden.",
    said_earlier="Früher: {text}",
    as_of="Der neueste Bericht, der antwortet, ist vom {day}.",
    listed_new="Die neuesten Artikel",
    listed_topic="Artikel dazu",
    listed_summary="Kurz gefasst",
    added_day="hinzugefügt am {day}",
    other_language="Die Artikel sind in einer anderen Sprache. Versuch es auf {languages}.",
    no_articles="Es gibt noch keine Artikel, also habe ich nichts, woraus ich antworten kann.",
    new="Ein neues Gespräch. Was möchtest du wissen?",
    ask_how="Schreib deine Frage hinter /ask, oder antworte damit auf diese Nachricht.",
    failed=(
        "Da ist etwas schiefgegangen, und ich habe es vermerkt. Bitte versuch es gleich noch "
        "einmal."
    ),
    too_many="Das ist viel auf einmal! Bitte warte {seconds} Sekunden und frag dann noch einmal.",
    articles="Artikel",
    more="… und {count} weitere",
    greeting="Hallo! Was möchtest du aus den Artikeln erfahren?",
    thanks="Gern geschehen! Möchtest du noch etwas wissen?",
    praised="Das freut mich! Möchtest du noch etwas wissen?",
    farewell="Tschüss! Komm jederzeit wieder, wenn du eine Frage hast.",
    articles_how="Schreib mir privat /articles, dann zeige ich dir die Artikel.",
    acknowledged="Alles klar! Frag einfach, wenn du etwas wissen möchtest.",
    no_question="Ich sehe darin keine Frage. Was möchtest du wissen?",
    wall_of_text=(
        "Das ist ein langer Text, und ich sehe darin keine Frage. Frag mich in ein, zwei Sätzen "
        "etwas zu den Artikeln, oder antworte auf deinen Text mit /check, um zu sehen, was davon "
        "sie belegen."
    ),
    voice="Zuhören kann ich leider noch nicht. Schreibst du mir deine Frage?",
    sticker="Schön! Ich kann aber nur Text lesen. Was möchtest du wissen?",
    only_text="Ich kann nur Text lesen. Was möchtest du fragen?",
    add_how="Schick mir einen Link oder eine Datei, füge einen langen Text ein oder leite einen Beitrag weiter, und ich nehme ihn unter die Artikel auf.\n\nDateien können PDF, Word, OpenDocument, EPUB, Webseiten, E-Mails, Markdown oder reiner Text sein. /add nimmt auch Links, oder die Nachricht, auf die du damit antwortest.",
    only_editors="Artikel hinzufügen kann hier nur die Redaktion. Wenn du mithelfen möchtest, bitte einen Besitzer um eine Einladung.",
    too_many_brought="Das ist viel auf einmal! Jetzt warten {count}, und ich arbeite sie ab. Was kein 👀 hat, habe ich nicht angenommen: Bitte schick es später noch einmal.",
    too_large="Diese Datei ist zu groß für mich: Mehr als {megabytes} MB kann ich hier nicht holen. Ein Link darauf ginge, oder eine kleinere Datei.",
    reading="Ich lese {name} …",
    in_line="Wartet, bis es an der Reihe ist: {name}",
    nearly="Aufgenommen und gleich durchsuchbar",
    added="Aufgenommen",
    already_here="Schon hier seit {date}",
    new_revision="Neue Fassung eines Artikels (Wörter: +{added}, −{removed})",
    near_copy="Nicht aufgenommen: {percent} % davon stehen in „{title}“",
    not_added="Nicht aufgenommen",
    cancelled="Nicht aufgenommen, wie du wolltest",
    expired="Einen Tag lang hat niemand Ja gesagt, also habe ich das fallen lassen. Schick es noch einmal, wenn du es doch aufnehmen möchtest.",
    searchable_later="Es ist unter den Artikeln, lässt sich aber noch nicht durchsuchen ({reason}). Ich versuche es weiter und setze ein 👍 darauf, sobald es geht.",
    needs_word="braucht ein Wort von dir, siehe unten",
    a_feed="Das ist ein Feed. Artikel darin: {count}",
    opened_feed="Aus dem Feed genommen: {count}",
    followed="Wird von jetzt an verfolgt",
    offer_pasted="Diesen Text als Artikel aufnehmen?",
    offer_forwarded="Diesen Beitrag als Artikel aufnehmen?",
    offer_short="Das ist sehr kurz für einen Artikel. Aufnehmen?",
    offer_untitled="Ich habe dafür keinen Titel gefunden. Unter diesem aufnehmen?",
    offer_near_copy="{percent} % davon stehen schon in „{title}“. Trotzdem aufnehmen?",
    parts="{parts} Teile bekommen, {characters} Zeichen.",
    size="Wörter: {words} · Stellen: {passages}",
    begins="Es beginnt so:",
    left_out="Weggelassen:",
    note="Deine Notiz:",
    replaces="Anstelle von: {title}",
    add="Aufnehmen",
    add_anyway="Trotzdem aufnehmen",
    edit_title="Titel ändern",
    cancel="Abbrechen",
    try_again="Noch einmal versuchen",
    open_feed="Alle aufnehmen: {count}",
    follow_feed="Feed verfolgen",
    title_how="Wie soll der Artikel heißen? Schick mir den Titel als Antwort hierauf.",
    title_refused="Das kann kein Titel sein: Ich brauche eine Zeile mit Buchstaben darin, höchstens 200 Zeichen lang. Bitte versuch es noch einmal.",
    decided="Das ist schon entschieden.",
    feeds="Feeds, die ich verfolge",
    no_feeds="Noch verfolge ich keinen Feed.",
    follow_how="/follow mit der Adresse eines RSS- oder Atom-Feeds nimmt von da an auf, was in ihm neu ist.",
    feed_fault="gerade nicht zu bekommen",
    unfollow="{name} nicht mehr verfolgen",
    unfollowed="Nicht mehr verfolgt: {name}",
    not_followed="Diesen Feed verfolge ich nicht. /follow zeigt, welche ich verfolge.",
    earlier="‹ Davor",
    later="Danach ›",
    whole="Ganzer Artikel",
    passage_place="Stelle {at} von {count}",
    back="‹ Zurück",
    changed=(
        "Dieser Artikel wurde seitdem geändert. Das ist der Wortlaut, der damals zitiert wurde."
    ),
    gone="Diesen Artikel gibt es nicht mehr. Das wurde daraus zitiert.",
    unknown_button="Ich weiß nicht mehr, wofür dieser Knopf war. Bitte frag noch einmal.",
    closed_passage=(
        "Diese Stelle kann ich dir nicht öffnen. Frag mich selbst, dann zeige ich dir, was ich finde."
    ),
    search="Suchen",
    search_how="Schick mir ein, zwei Wörter aus dem Titel, dem Namen des Autors oder der Website.",
    newer="‹ Neuere",
    older="Ältere ›",
    found="Artikel mit „{words}“",
    found_nothing=(
        "Ich habe keinen Artikel gefunden, bei dem „{words}“ in Titel, Autor oder Website vorkommt."
    ),
    all_articles="Alle Artikel",
    to_list="‹ Liste",
    article_gone="Diesen Artikel gibt es hier nicht mehr.",
    added_by="Am {day} hinzugefügt von {who}",
    added_on="Am {day} hinzugefügt",
    words="Wörter",
    passages="Abschnitte",
    pages="Seiten",
    cited="Wie oft zitiert",
    your_questions="Fragen von dir, die er beantwortet hat",
    open="Öffnen",
    rename="Umbenennen",
    replace="Ersetzen",
    remove="Entfernen",
    left_as_is="Gut, es bleibt alles, wie es ist.",
    rename_how="Schick mir den neuen Titel für „{title}“.",
    no_title="Ein Titel hat 1 bis {most} Zeichen. Schick mir einen anderen.",
    renamed="Der Artikel heißt jetzt „{title}“.",
    replace_how=(
        "Schick mir, was an die Stelle von „{title}“ treten soll: eine Datei, einen Link oder "
        "den Text selbst."
    ),
    remove_indeed=(
        "„{title}“ entfernen? Das lässt sich einen Tag lang rückgängig machen, dann wird der "
        "Artikel endgültig gelöscht."
    ),
    removed="„{title}“ ist entfernt. Das lässt sich einen Tag lang rückgängig machen.",
    undo="Rückgängig machen",
    to_card="Zum Artikel",
    undone_added="Zurückgenommen: „{title}“, hinzugefügt von {who}, ist nicht mehr da.",
    undone_removed="Zurückgenommen: „{title}“, entfernt von {who}, ist wieder da.",
    undone_renamed="Zurückgenommen: Der Artikel, umbenannt von {who}, heißt wieder „{title}“.",
    undone_replaced="Zurückgenommen: „{title}“, ersetzt von {who}, hat wieder den früheren Text.",
    somebody="jemandem",
    undo_nothing="Vom letzten Tag gibt es nichts mehr, was ich zurücknehmen könnte.",
    undo_changed=(
        "„{title}“ ist seitdem noch einmal geändert worden, also lasse ich den Artikel, wie er ist."
    ),
    undo_here_again="Derselbe Text ist schon wieder da, unter dem Titel „{title}“.",
    not_saved=(
        "Das konnte ich nicht speichern, also ist alles, wie es war. Den Grund nennt das "
        "Protokoll des Bots."
    ),
    editors_only="Das können nur Redaktion und Besitzer.",
    thanked="Danke!",
    noted="Danke, ist vermerkt.",
    taken_back="Zurückgenommen.",
    wrong_passage="Falsche Stelle",
    check_how=(
        "Schreib eine Behauptung hinter /check, oder antworte mit /check auf eine Nachricht."
    ),
    supported="Belegt:",
    contradicted="Widerlegt:",
    unsupported="In den Artikeln habe ich nichts gefunden, was das belegt.",
    check_nothing="Ich sehe darin keine Behauptung. Schreib eine hinter /check.",
    checked_first=(
        "Das sind die ersten {count} Sätze. Schick mir den Rest mit einem weiteren /check."
    ),
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
    model_declined="Das Sprachmodell hat die Textstellen gelesen und darin keine Antwort gefunden.",
    differs="Ein anderer Artikel sagt etwas anderes ({whose}): „{text}“",
    start_written=(
        "Frag mich etwas, und ich suche die Antwort in den Artikeln, die ich habe.\n\n"
        "Ein Sprachmodell formuliert sie, und ich lasse nur Sätze durch, die die Artikel belegen. "
        "Hinter jedem steht eine Zahl: Tippe darauf, um die Stelle zu sehen, die ihn belegt. Wo "
        "ich nicht sicher bin oder nichts finde, sage ich das."
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
        "Ich bin privat und antworte nur Leuten, die einer meiner Besitzer zugelassen hat. Wenn du "
        "einen kennst, bitte ihn um eine Einladung. (Deine Telegram-ID ist {user}.)"
    ),
    private="Tut mir leid, ich bin privat.",
    void_code="Dieser Code gilt nicht mehr. Bitte frag nach einem neuen.",
    welcome_owner="Ich gehöre jetzt dir. /help zeigt, was du tun kannst.",
    welcome_editor="Willkommen! Du darfst fragen und Artikel hinzufügen.",
    welcome_reader="Willkommen! Du darfst fragen.",
    owner="Besitzer",
    editor="Redaktion",
    reader="Leser",
    invite=(
        "Wen möchtest du einladen? Leser fragen; wer zur Redaktion gehört, kann auch Artikel "
        "hinzufügen und entfernen."
    ),
    invite_editor="Redaktion",
    invite_reader="Leser",
    invitation=(
        "Mit diesem Link kommt eine Person herein (Rolle: {role}). Er gilt einmal, innerhalb von "
        "{days} Tagen:\n"
        "{link}"
    ),
    people="Leute",
    nobody="Noch ist niemand zugelassen. /invite macht einen Link.",
    by_settings="laut Einstellungen",
    dismiss="{name} entfernen",
    invitations="Offene Einladungen",
    revoke="Zurückziehen: {name}",
    good_until="bis {day}",
    shut_out="Ausgeschlossen",
    let_in="Wieder zulassen: {name}",
    dismiss_how="/dismiss 12345 schließt die Person mit dieser Telegram-Nummer aus, auch wo alle fragen dürfen; /admit 12345 lässt sie wieder zu",
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
    by_name="Sag das bitte unter deinem eigenen Namen: Hinter einem anonymen Administrator kann jeder stecken.",
    gaps_nearest="Da war ich nicht sicher:",
    gaps_nothing="Dazu habe ich nichts gefunden:",
    gaps_language="In einer anderen Sprache als die Artikel gefragt:",
    no_gaps="Bisher konnte ich alles beantworten.",
    export="Fragen: {count}",
    nothing_to_export="Es wurde noch nichts gefragt.",
    command_ask="Eine Frage stellen",
    command_new="Ein neues Gespräch anfangen",
    command_check="Belege für eine Behauptung suchen",
    command_articles="Die Artikel zeigen",
    command_add="Einen Artikel hinzufügen",
    command_follow="Aufnehmen, was in einem Feed neu ist",
    command_unfollow="Einen Feed nicht mehr verfolgen",
    command_undo="Die letzte Änderung an den Artikeln zurücknehmen",
    command_help="Was ich kann",
    command_gaps="Wo ich nicht sicher war oder nichts fand",
    command_export="Fragen, Antworten und Rückmeldungen als Datei",
    command_invite="Jemanden einladen",
    command_people="Wer fragen darf",
    command_groups="Gruppen, in denen ich antworte",
    command_open="Alle fragen lassen",
    command_close="Nur Eingeladene fragen lassen",
)
