"""The bot's own words in Spanish."""

from bot.telegram.texts.form import Texts

SPANISH = Texts(
    description=(
        "Respondo preguntas a partir de una colección de artículos, con sus propias frases. Detrás "
        "de cada una hay un número que abre el pasaje del que procede. Si los artículos no dan "
        "respuesta, lo digo."
    ),
    short_description="Respuestas sacadas de artículos, con una nota al pie en cada frase.",
    start=(
        "Pregúntame algo y buscaré la respuesta en los artículos que tengo.\n\n"
        "Respondo con sus propias frases. Detrás de cada una hay un número: tócalo para ver el "
        "pasaje del que procede. Si los artículos no dan respuesta, lo digo."
    ),
    help=(
        "Escribe una pregunta con tus propias palabras. La siguiente puede apoyarse en ella; para "
        "continuar desde una respuesta anterior, responde a ese mensaje. Si editas una pregunta, "
        "cambio mi respuesta.\n\n"
        "/new empieza de nuevo\n"
        "/check busca qué respalda una afirmación\n"
        "/articles muestra los artículos\n\n"
        "Las preguntas se guardan con sus respuestas. Los propietarios pueden leer las que "
        "quedaron sin ella."
    ),
    help_group=(
        "Aquí respondo a /ask con una pregunta, a las respuestas a mis mensajes y a los mensajes "
        "que me mencionan. Un número en una respuesta abre el pasaje en nuestro chat privado."
    ),
    help_owner=(
        "Para propietarios:\n"
        "/invite deja entrar a alguien, /people muestra quién está\n"
        "/open deja preguntar a todos, /close lo termina\n"
        "/groups muestra dónde respondo; añádeme a un grupo para admitirlo\n"
        "/gaps muestra lo que los artículos no respondieron\n"
        "/export envía preguntas, respuestas y valoraciones en un archivo"
    ),
    sources="Fuentes",
    not_answered="Los artículos no responden a esto.",
    near="No es una respuesta, pero se acerca:",
    no_articles="Todavía no hay artículos, así que no tengo de dónde responder.",
    new="Una conversación nueva. ¿Qué te gustaría saber?",
    ask_how="Escribe tu pregunta después de /ask, o responde con ella a este mensaje.",
    failed="Algo ha fallado y ha quedado anotado. Inténtalo de nuevo dentro de un momento.",
    too_many="¡Son muchas de golpe! Espera {seconds} segundos y vuelve a preguntar, por favor.",
    articles="Artículos",
    more="… y más: {count}",
    greeting="¡Hola! ¿Qué te gustaría saber de los artículos?",
    thanks="¡De nada! ¿Hay algo más que quieras saber?",
    farewell="¡Hasta luego! Vuelve cuando tengas una pregunta.",
    no_question="No veo ninguna pregunta aquí. ¿Qué te gustaría saber?",
    wall_of_text=(
        "Es un texto largo y no veo ninguna pregunta en él. Pregúntame sobre los artículos en una "
        "o dos frases, o responde a tu texto con /check para ver qué parte respaldan."
    ),
    voice="Todavía no puedo escuchar, lo siento. ¿Me escribes tu pregunta?",
    sticker="¡Qué bueno! Pero yo solo leo palabras. ¿Qué te gustaría saber?",
    only_text="Solo puedo leer texto. ¿Qué te gustaría preguntar?",
    earlier="‹ Antes",
    later="Después ›",
    whole="Artículo completo",
    back="‹ Volver",
    changed="Este artículo ha cambiado desde entonces. Esto es lo que se citó.",
    gone="Este artículo ya no está. Esto es lo que se citó de él.",
    unknown_button="Ya no sé para qué era este botón. Vuelve a preguntar, por favor.",
    closed_passage="No puedo abrirte este pasaje. Pregúntame tú y te enseñaré lo que encuentre.",
    thanked="¡Gracias!",
    noted="Gracias, anotado.",
    taken_back="Retirado.",
    wrong_passage="Pasaje equivocado",
    check_how="Escribe una afirmación después de /check, o responde a un mensaje con /check.",
    unsupported="Nada en los artículos respalda esto.",
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
    differs="Otro artículo dice otra cosa ({whose}): «{text}»",
    start_written=(
        "Pregúntame algo y buscaré la respuesta en los artículos que tengo.\n\n"
        "Un modelo de lenguaje la redacta, y yo solo dejo pasar las frases que los artículos "
        "respaldan. Detrás de cada una hay un número: tócalo para ver el pasaje que la respalda. "
        "Si los artículos no responden, lo digo."
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
        "Soy privado y solo respondo en los grupos que ha admitido alguno de mis propietarios. Un "
        "propietario puede hacerlo escribiendo /admit aquí."
    ),
    group_dismissed=(
        "Ya no respondo en este grupo. Un propietario puede cambiarlo escribiendo /admit."
    ),
    only_in_groups="Esto es para grupos: escríbelo en el grupo del que se trata.",
    not_admitted=(
        "Soy privado y solo respondo a las personas que ha admitido alguno de mis propietarios. Si "
        "conoces a uno, pídele una invitación. (Tu id de Telegram es {user}.)"
    ),
    private="Soy privado, lo siento.",
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
        "Este enlace deja entrar a una persona como {role}. Vale una sola vez, durante {days} "
        "días:\n{link}"
    ),
    people="Personas",
    nobody="Todavía no ha entrado nadie. /invite crea un enlace.",
    by_settings="por configuración",
    dismiss="Quitar: {name}",
    groups="Grupos",
    no_groups="No estoy en ningún grupo en el que pueda responder. Añádeme a uno para admitirlo.",
    opened="Ahora puede preguntarme todo el mundo. /close lo termina.",
    closed="Ahora solo pueden preguntarme las personas y grupos que admiten los propietarios.",
    open_by_settings=(
        "La configuración dice que puede preguntar todo el mundo (FOOTNOTE_OPEN), así que sigue "
        "siendo así."
    ),
    owners_only="Esto solo pueden hacerlo los propietarios.",
    gaps="Los artículos no respondieron a esto:",
    no_gaps="Hasta ahora los artículos lo han respondido todo.",
    export="Preguntas: {count}",
    nothing_to_export="Todavía no se ha preguntado nada.",
    command_ask="Hacer una pregunta",
    command_new="Empezar una conversación nueva",
    command_check="Ver qué respalda una afirmación",
    command_articles="Mostrar los artículos",
    command_help="Qué puedo hacer",
    command_gaps="Lo que los artículos no respondieron",
    command_export="Preguntas, respuestas y valoraciones en un archivo",
    command_invite="Dejar entrar a alguien",
    command_people="Quién puede preguntar",
    command_groups="Grupos en los que respondo",
    command_open="Dejar preguntar a todos",
    command_close="Dejar preguntar solo a los invitados",
)
