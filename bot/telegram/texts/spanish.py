"""The bot's own words in Spanish."""

from footnote.bot.telegram.texts.form import Texts

SPANISH = Texts(
    description=(
        "Respondo preguntas a partir de una colección de artículos. Detrás de cada frase de una "
        "respuesta hay un número que abre el pasaje en que se apoya. Si no estoy seguro o no "
        "encuentro nada, lo digo."
    ),
    short_description="Respuestas sacadas de artículos, con una nota al pie en cada frase.",
    start=(
        "Pregúntame algo y buscaré la respuesta en los artículos que tengo.\n\n"
        "Respondo con sus propias frases. Detrás de cada una hay un número: tócalo para ver el "
        "pasaje del que procede. Si no estoy seguro o no encuentro nada, lo digo."
    ),
    help=(
        "Escribe una pregunta con tus propias palabras. La siguiente puede apoyarse en ella; para "
        "seguir a partir de una respuesta anterior, responde a ese mensaje. Si editas una "
        "pregunta, cambio mi respuesta.\n\n"
        "/new empieza de nuevo\n"
        "/check busca qué respalda una afirmación\n"
        "/articles muestra los artículos\n\n"
        "Las preguntas se guardan con sus respuestas y los propietarios pueden leerlas."
    ),
    help_group=(
        "Aquí respondo a las preguntas hechas con /ask, a las respuestas a mis mensajes y a los "
        "mensajes que me mencionan. Un número en una respuesta abre el pasaje en nuestro chat "
        "privado."
    ),
    help_editor=(
        "Para quienes editan: envíame un enlace o un archivo, pega un texto largo o reenvía una "
        "publicación, y lo añadiré.\n"
        "/add también acepta enlaces, o el mensaje al que respondas con él\n"
        "/follow añade desde ahora lo nuevo de un canal de noticias, /unfollow le pone fin\n"
        "/articles y un toque en un número: cambiar el título de un artículo, sustituirlo o "
        "eliminarlo\n"
        "/undo deshace el último cambio en los artículos"
    ),
    help_owner=(
        "Para propietarios:\n"
        "/invite deja entrar a alguien, /people muestra quién está\n"
        "/open deja preguntar a todos, /close lo revierte\n"
        "/groups muestra dónde respondo; añádeme a un grupo para admitirlo\n"
        "/gaps muestra de qué no estaba seguro y sobre qué no encontré nada\n"
        "/export envía preguntas, respuestas y valoraciones en un archivo"
    ),
    sources="Fuentes",
    nothing_found="No he encontrado nada sobre esto en los artículos.",
    nearest="No estoy seguro de que esto responda a la pregunta. Lo que más se acerca:",
    did_it_answer="¿Estaba aquí la respuesta? Dímelo con 👍 o 👎.",
    unclear="¿De qué se trata? Dime a quién o a qué te refieres, y lo busco.",
    too_long="Estaba tardando demasiado y lo he dejado. Quizá ayude una pregunta más corta.",
    missing="Sobre {part} no he encontrado nada.",
    said_earlier="Antes: {text}",
    as_of="La noticia más reciente que responde es del {day}.",
    listed_new="Los artículos más recientes",
    listed_topic="Artículos sobre esto",
    listed_summary="En resumen",
    added_day="añadido el {day}",
    other_language="Los artículos están en otro idioma. Prueba en {languages}.",
    no_articles="Todavía no hay artículos, así que no tengo de dónde responder.",
    new="Una conversación nueva. ¿Qué te gustaría saber?",
    ask_how="Escribe tu pregunta después de /ask, o responde con ella a este mensaje.",
    failed="Algo ha fallado y ha quedado anotado. Inténtalo de nuevo dentro de un momento.",
    too_many="¡Son muchas de golpe! Espera {seconds} segundos y vuelve a preguntar, por favor.",
    articles="Artículos",
    more="… y {count} más",
    greeting="¡Hola! ¿Qué te gustaría averiguar en los artículos?",
    thanks="¡De nada! ¿Hay algo más que quieras saber?",
    praised="¡Me alegro! ¿Hay algo más que quieras saber?",
    farewell="¡Hasta luego! Vuelve cuando tengas una pregunta.",
    articles_how="Escríbeme /articles en privado y te mostraré los artículos.",
    acknowledged="¡De acuerdo! Pregúntame cuando quieras saber algo.",
    no_question="No veo ninguna pregunta aquí. ¿Qué te gustaría saber?",
    wall_of_text=(
        "Es un texto largo y no veo ninguna pregunta en él. Pregúntame sobre los artículos en una "
        "o dos frases, o responde a tu texto con /check para ver qué parte respaldan."
    ),
    voice="Todavía no puedo escuchar audios, lo siento. ¿Me escribes tu pregunta?",
    sticker="¡Qué bueno! Pero yo solo leo palabras. ¿Qué te gustaría saber?",
    only_text="Solo puedo leer texto. ¿Qué te gustaría preguntar?",
    add_how="Envíame un enlace o un archivo, pega un texto largo o reenvía una publicación, y lo añadiré a los artículos.\n\nLos archivos pueden ser PDF, Word, OpenDocument, EPUB, páginas web, correos, Markdown o texto sin formato. /add también acepta enlaces, o el mensaje al que respondas con él.",
    only_editors="Aquí solo pueden añadir artículos quienes editan. Si quieres hacerlo, pide una invitación a un propietario.",
    too_many_brought="¡Eso es mucho de una vez! Ahora hay {count} en espera, y los iré leyendo. Lo que no tiene 👀 no lo he tomado: envíalo de nuevo más tarde, por favor.",
    too_large="Este archivo es demasiado grande para mí: aquí puedo recibir {megabytes} MB como mucho. Serviría un enlace o un archivo más pequeño.",
    reading="Leyendo {name} …",
    in_line="Esperando su turno: {name}",
    nearly="Añadido, y casi listo para buscar en él",
    added="Añadido",
    already_here="Ya está aquí desde el {date}",
    new_revision="Nueva versión de un artículo (palabras: +{added}, −{removed})",
    near_copy="No añadido: el {percent} % está en «{title}»",
    not_added="No añadido",
    cancelled="No añadido, como querías",
    expired="Nadie dijo que sí en un día, así que lo he dejado. Envíalo otra vez si aún quieres añadirlo.",
    searchable_later="Está entre los artículos, pero aún no se puede buscar en él ({reason}). Lo seguiré intentando, y pondré un 👍 cuando se pueda.",
    needs_word="espera tu respuesta, más abajo",
    a_feed="Es un canal de noticias. Artículos en él: {count}",
    opened_feed="Tomados del canal: {count}",
    followed="Lo sigo desde ahora",
    offer_pasted="¿Añado este texto como artículo?",
    offer_forwarded="¿Añado esta publicación como artículo?",
    offer_short="Es muy corto para un artículo. ¿Lo añado?",
    offer_untitled="No le he encontrado título. ¿Lo añado con este?",
    offer_near_copy="El {percent} % de esto ya está en «{title}». ¿Lo añado de todos modos?",
    parts="He recibido {parts} partes, {characters} caracteres.",
    size="Palabras: {words} · Pasajes: {passages}",
    begins="Empieza así:",
    left_out="Omitido:",
    note="Tu nota:",
    replaces="En lugar de: {title}",
    add="Añadir",
    add_anyway="Añadir de todos modos",
    edit_title="Cambiar el título",
    cancel="Cancelar",
    try_again="Intentar de nuevo",
    open_feed="Añadirlos: {count}",
    follow_feed="Seguirlo",
    title_how="¿Cómo debe llamarse? Envíame el título en respuesta a este mensaje.",
    title_refused="Eso no puede ser un título: necesito una línea con letras, de 200 caracteres como mucho. Inténtalo otra vez, por favor.",
    decided="Eso ya está decidido.",
    feeds="Canales de noticias que sigo",
    no_feeds="Todavía no sigo ningún canal de noticias.",
    follow_how="/follow con la dirección de un canal RSS o Atom añade desde entonces lo que aparezca en él.",
    feed_fault="no disponible por el momento",
    unfollow="Dejar de seguir {name}",
    unfollowed="Ya no sigo: {name}",
    not_followed="No sigo ese canal. /follow muestra los que sigo.",
    earlier="‹ Anterior",
    later="Siguiente ›",
    whole="Artículo completo",
    passage_place="pasaje {at} de {count}",
    back="‹ Volver",
    changed="Este artículo ha cambiado desde entonces. Esto es lo que se citó.",
    gone="Este artículo ya no está. Esto es lo que se citó de él.",
    unknown_button="Ya no sé para qué era este botón. Vuelve a preguntar, por favor.",
    closed_passage="No puedo abrirte este pasaje. Pregúntame tú y te enseñaré lo que encuentre.",
    search="Buscar",
    search_how="Envíame una o dos palabras del título, del autor o del sitio.",
    newer="‹ Más nuevos",
    older="Más antiguos ›",
    found="Artículos con «{words}»",
    found_nothing=(
        "No he encontrado ningún artículo con «{words}» en el título, el autor o el sitio."
    ),
    all_articles="Todos los artículos",
    to_list="‹ Lista",
    article_gone="Este artículo ya no está aquí.",
    added_by="Añadido el {day} por {who}",
    added_on="Añadido el {day}",
    words="Palabras",
    passages="Pasajes",
    pages="Páginas",
    cited="Veces citado",
    your_questions="Preguntas tuyas que ha respondido",
    open="Abrir",
    rename="Cambiar título",
    replace="Sustituir",
    remove="Eliminar",
    left_as_is="De acuerdo, todo queda como está.",
    rename_how="Envíame el nuevo título de «{title}».",
    no_title="Un título tiene de 1 a {most} caracteres. Envíame otro.",
    renamed="El artículo se titula ahora «{title}».",
    replace_how=(
        "Envíame lo que debe ocupar el lugar de «{title}»: un archivo, un enlace o el propio texto."
    ),
    remove_indeed=(
        "¿Eliminar «{title}»? Durante un día se puede deshacer; después el artículo se borra "
        "para siempre."
    ),
    removed="«{title}» se ha eliminado. Durante un día se puede deshacer.",
    undo="Deshacer",
    to_card="Ir al artículo",
    undone_added="Deshecho: «{title}», añadido por {who}, ya no está aquí.",
    undone_removed="Deshecho: «{title}», eliminado por {who}, está aquí de nuevo.",
    undone_renamed=(
        "Deshecho: el artículo, cuyo título cambió {who}, vuelve a llamarse «{title}»."
    ),
    undone_replaced="Deshecho: «{title}», sustituido por {who}, vuelve a tener su texto anterior.",
    somebody="alguien",
    undo_nothing="No queda nada del último día que pueda deshacer.",
    undo_changed="«{title}» ha vuelto a cambiar desde entonces, así que lo dejo como está.",
    undo_here_again="El mismo texto ya está aquí de nuevo, como «{title}».",
    not_saved=(
        "No he podido guardarlo, así que todo sigue como estaba. El registro del bot dice por qué."
    ),
    editors_only="Esto solo pueden hacerlo los editores y los propietarios.",
    thanked="¡Gracias!",
    noted="Gracias, anotado.",
    taken_back="Retirado.",
    wrong_passage="Pasaje equivocado",
    check_how="Escribe una afirmación después de /check, o responde a un mensaje con /check.",
    supported="Respaldado:",
    contradicted="Contradicho:",
    unsupported="No he encontrado nada en los artículos que respalde esto.",
    check_nothing="No veo ninguna afirmación aquí. Escribe una después de /check.",
    checked_first="Estas son las primeras {count} frases. Envíame el resto con otro /check.",
    written=(
        "Escrito por un modelo de lenguaje; cada frase se ha comprobado con el pasaje que hay tras su número."
    ),
    in_their_words="Con las propias palabras de los artículos.",
    model_away=(
        "Con las propias palabras de los artículos, porque el modelo de lenguaje no responde ahora mismo."
    ),
    written_spent=(
        "Con las propias palabras de los artículos. Mañana volverás a tener respuestas redactadas."
    ),
    model_declined="El modelo de lenguaje leyó los pasajes y no encontró en ellos una respuesta.",
    differs="Otro artículo dice otra cosa ({whose}): «{text}»",
    start_written=(
        "Pregúntame algo y buscaré la respuesta en los artículos que tengo.\n\n"
        "Un modelo de lenguaje la redacta, y yo solo dejo pasar las frases que los artículos "
        "respaldan. Detrás de cada una hay un número: tócalo para ver el pasaje que la respalda. "
        "Si no estoy seguro o no encuentro nada, lo digo."
    ),
    usage="Lo que ha escrito el modelo de lenguaje",
    usage_day=(
        "{day} · preguntas: {questions} · tokens leídos: {tokens_in}, escritos: {tokens_out} · "
        "frases conservadas: {kept}, descartadas: {dropped}"
    ),
    no_usage="Ningún modelo de lenguaje ha escrito nada todavía.",
    help_usage="/usage muestra lo que cuesta el modelo de lenguaje",
    command_usage="Lo que cuesta el modelo de lenguaje",
    group_hello=(
        "¡Hola! Pregúntame con /ask, mencióname o responde a uno de mis mensajes. Si no, me quedo "
        "callado."
    ),
    group_closed=(
        "Soy un bot privado y solo respondo en los grupos que ha admitido alguno de mis "
        "propietarios. Un propietario puede hacerlo escribiendo /admit aquí."
    ),
    group_dismissed=(
        "Ya no respondo en este grupo. Un propietario puede cambiarlo escribiendo /admit."
    ),
    only_in_groups="Esto es para grupos: escríbelo en el grupo del que se trata.",
    not_admitted=(
        "Soy un bot privado y solo respondo a las personas que ha admitido alguno de mis "
        "propietarios. Si conoces a uno, pídele una invitación. (Tu id de Telegram es {user}.)"
    ),
    private="Lo siento, soy un bot privado.",
    void_code="Este código ya no vale. Pide uno nuevo, por favor.",
    welcome_owner="Ahora eres mi propietario. /help muestra lo que puedes hacer.",
    welcome_editor="¡Te doy la bienvenida! Puedes preguntar y añadir artículos.",
    welcome_reader="¡Te doy la bienvenida! Puedes preguntar.",
    owner="propietario",
    editor="editor",
    reader="lector",
    invite=(
        "¿A quién quieres dejar entrar? Los lectores preguntan; los editores además añaden y "
        "quitan artículos."
    ),
    invite_editor="A un editor",
    invite_reader="A un lector",
    invitation=(
        "Este enlace deja entrar a una persona ({role}). Vale una sola vez, durante {days} días:\n"
        "{link}"
    ),
    people="Personas",
    nobody="Todavía no se ha admitido a nadie. /invite crea un enlace.",
    by_settings="por configuración",
    dismiss="Quitar: {name}",
    invitations="Invitaciones abiertas",
    revoke="Anular: {name}",
    good_until="hasta el {day}",
    shut_out="Excluidos",
    let_in="Volver a admitir: {name}",
    dismiss_how="/dismiss 12345 excluye a la persona con este número de Telegram, también donde todos pueden preguntar; /admit 12345 vuelve a admitirla",
    groups="Grupos",
    no_groups="No estoy en ningún grupo en el que pueda responder. Añádeme a uno para admitirlo.",
    opened="Ahora puede preguntarme todo el mundo. /close lo revierte.",
    closed=(
        "Ahora solo pueden preguntarme las personas y grupos que hayan admitido los propietarios."
    ),
    open_by_settings=(
        "La configuración dice que puede preguntar todo el mundo (FOOTNOTE_OPEN), así que sigue "
        "siendo así."
    ),
    owners_only="Esto solo pueden hacerlo los propietarios.",
    by_name="Escríbelo con tu propio nombre, por favor: un administrador anónimo puede ser cualquiera.",
    gaps_nearest="No estaba seguro:",
    gaps_nothing="No encontré nada:",
    gaps_language="Preguntado en un idioma distinto del de los artículos:",
    no_gaps="Hasta ahora he podido responder a todo.",
    export="Preguntas: {count}",
    nothing_to_export="Todavía no se ha preguntado nada.",
    command_ask="Hacer una pregunta",
    command_new="Empezar una conversación nueva",
    command_check="Ver qué respalda una afirmación",
    command_articles="Mostrar los artículos",
    command_add="Añadir un artículo",
    command_follow="Añadir lo nuevo de un canal de noticias",
    command_unfollow="Dejar de seguir un canal de noticias",
    command_undo="Deshacer el último cambio en los artículos",
    command_help="Qué puedo hacer",
    command_gaps="Lo que no supe con seguridad o no encontré",
    command_export="Preguntas, respuestas y valoraciones en un archivo",
    command_invite="Dejar entrar a alguien",
    command_people="Quién puede preguntar",
    command_groups="Grupos en los que respondo",
    command_open="Dejar preguntar a todos",
    command_close="Dejar preguntar solo a los invitados",
)
