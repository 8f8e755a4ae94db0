"""The phrases of small talk, by their kinds, in the languages that the bot speaks and a few more.

A comma or a line ends a phrase. How they are written matters little: see `small_talk`.
"""

from enum import Enum


class Talk(Enum):
    """A kind of small talk, by the name of the text that answers it; the weightiest first."""

    ARTICLES = "articles_how"
    ABOUT_BOT = "start"
    FAREWELL = "farewell"
    THANKS = "thanks"
    PRAISE = "praised"
    GREETING = "greeting"
    ACKNOWLEDGED = "acknowledged"
    NOTHING = "no_question"
    WALL = "wall_of_text"


GREETINGS = """
    hi, hello, hey, heya, hiya, howdy, yo, hi there, hello there, hey there, good morning
    good afternoon, good evening, good day, greetings, morning, evening, how are you
    how are you doing, hows it going, how is it going, how do you do, whats up, sup, wassup
    how are things, and you, and how are you, nice to meet you, pleased to meet you, are you there
    anybody there
    is anybody there, anyone there, is anyone there, happy new year, welcome back
    hallo, hallöchen, moin, moin moin, servus, grüß gott, grüezi, grüß dich, guten tag
    guten morgen, guten abend, schönen guten tag, wie gehts, wie geht es, wie gehts dir
    wie geht es dir, wie geht es ihnen, wie gehts so, na, und du, und dir, und selbst, bist du da
    freut mich
    hola, buenas, buenos días, buen día, buenas tardes, buenas noches, qué tal, qué tal estás
    cómo estás, cómo está, cómo está usted, cómo te va, cómo va, qué hay, y tú, y usted
    mucho gusto, encantado
    encantada, saludos, estás ahí
    привет, приветик, приветствую, здравствуйте, здравствуй, здрасте, добрый день, доброе утро
    добрый вечер, доброго дня, доброго времени суток, хай, как дела, как ты, как вы, как жизнь
    как поживаете, как поживаешь, что нового, а ты, а вы, рад знакомству, ты тут, вы тут, салам
    سلام, درود, درود بر شما, سلام علیکم, سلام علیک, السلام علیکم, علیک سلام, و علیکم السلام
    صبح بخیر, ظهر بخیر, عصر بخیر, روز بخیر, وقت بخیر, شبتون بخیر, خسته نباشید, خسته نباشی
    حال شما, حالتون چطوره, حالت چطوره, حال شما چطور است, حال شما چطوره, چطوری, چطورید, خوبی
    خوبید, خوب هستید, خوب هستی, خوبین, چه خبر, چه خبرا, هستی, خوشبختم, از آشنایی با شما خوشبختم
    اسلام علیکم, السلام و علیکم, السلام علیکم ورحمتہ اللہ, السلام علیکم و رحمة اللہ وبرکاتہ
    وعلیکم السلام, آداب, تسلیم, ہیلو, ہائے, کیا حال ہے, کیا حال ہیں, کیا حال چال ہے, کیسے ہیں
    کیسے ہو, کیسے ہیں آپ, آپ کیسے ہیں, آپ کیسی ہیں, کیسی ہیں آپ, صبح بخیر, شام بخیر
    سب خیریت, خیریت, آپ سے مل کر خوشی ہوئی
    salam, salaam, salam alaikum, salam aleikum, assalamualaikum, assalam o alaikum
    assalamu alaikum, as salamu alaykum, aoa, walaikum salam, marhaba, namaste, namaskar
    bonjour, bonsoir, salut, coucou, ça va, ciao a tutti, buongiorno, buonasera, salve, olá, oi
    bom dia, boa tarde, boa noite, tudo bem, merhaba, selam, privet, zdravstvuyte, shalom, aloha
    مرحبا, اهلا, اهلا وسهلا, صباح الخير, مساء الخير, 你好, こんにちは, नमस्ते
"""
THANKS = """
    thanks, thank you, thankyou, thank u, thanks a lot, thanks a million, thanks a bunch
    many thanks, much appreciated, i appreciate it, appreciate it, appreciated, thx, thnx, tnx
    ty, tysm, tyvm, cheers, thanks for your help, thank you for your help, thanks for the help
    thanks for the answer, thank you for the answer, thanks for that, thank you for that
    thanks for this, bless you, god bless you, much obliged, thanks in advance
    danke, danke schön, dankeschön, danke sehr, danke dir, danke ihnen, vielen dank
    vielen lieben dank, lieben dank, besten dank, herzlichen dank, tausend dank, ich danke dir
    ich danke ihnen, danke für die hilfe, danke für deine hilfe, danke für die antwort, dankee
    merci
    vergelts gott, danke im voraus
    gracias, muchas gracias, mil gracias, muchísimas gracias, gracias por tu ayuda
    gracias por la ayuda, gracias por la respuesta, te lo agradezco, se lo agradezco, muy amable
    gracias de antemano
    спасибо, большое спасибо, спасибо большое, огромное спасибо, спасибо огромное, благодарю
    благодарю вас, спс, спасиб, спасибочки, спасибо за помощь, спасибо за ответ, спасибо вам
    спасибо тебе, пасиб, заранее спасибо
    ممنون, ممنونم, ممنون از شما, متشکرم, متشکر, مرسی, سپاس, سپاسگزارم, سپاسگزار
    تشکر, خیلی ممنون, خیلی متشکرم, خیلی سپاسگزارم, با تشکر, دستت درد نکنه, دست شما درد نکند
    دستتون درد نکنه, دمت گرم, لطف کردید, لطف کردی, قربانت, قربان شما, ممنون از راهنمایی شما
    شکریہ, بہت شکریہ, بہت بہت شکریہ, آپ کا شکریہ, آپ کا بہت شکریہ, آپ کا بہت بہت شکریہ, تھینکس
    تھینک یو, مہربانی, بہت مہربانی, آپ کی مہربانی, بڑی مہربانی, جزاک اللہ, جزاک اللہ خیر, نوازش
    ممنون ہوں, مشکور ہوں
    merci beaucoup, grazie, grazie mille, obrigado, obrigada, muito obrigado, teşekkürler
    teşekkür ederim, shukriya, shukria, shukran, jazakallah, jazak allah, dhanyavad, mamnoon
    spasibo, شكرا, شكرا جزيلا, 谢谢, ありがとう, धन्यवाद
"""
PRAISE = """
    great, perfect, nice, cool, awesome, excellent, amazing, wonderful, brilliant, fantastic
    impressive, super, wow, well done, good job, great job, nice job, nice work, great work
    good work, good bot, nice bot, best bot, good answer, great answer, nice answer
    perfect answer, good one, nice one, love it, i love it, i like it, i like you, i love you
    very good, very nice, very helpful, that helps, that helped, that was helpful, helpful
    this is great, thats great, that is great, this is awesome, you are great, youre great
    you are the best, youre the best, you are awesome, youre awesome, you rock, bravo
    toll, prima, spitze, klasse, perfekt, ausgezeichnet, wunderbar, großartig, genial, sehr gut
    gut gemacht, gute antwort, tolle antwort, sehr schön, sehr hilfreich, das hilft
    guter bot, braver bot, du bist toll, du bist super, geil, stark
    perfecto, excelente, estupendo, fantástico, increíble, muy bien, muy bueno, qué bien
    qué bueno, buen trabajo, bien hecho, buena respuesta, buen bot, eres genial, maravilloso
    отлично, супер, здорово, прекрасно, замечательно, класс, классно, круто, молодец, умница
    хороший бот, хороший ответ, отличный ответ, очень хорошо, очень полезно, вау, ого, браво
    عالی, عالیه, عالی بود, خیلی عالی, آفرین, احسنت, بسیار خوب, خیلی خوب, خیلی خوب بود, چه خوب
    چه عالی, فوق العاده, فوق العاده بود, ربات خوب, پاسخ خوبی بود, دوستت دارم, چه جالب, جالبه
    بہت خوب, بہت اچھا, بہت اچھے, بہت عمدہ, زبردست, شاباش, واہ, واہ واہ, کمال, کمال ہے, ماشاءاللہ
    ماشا اللہ, اچھا جواب, بہترین, لاجواب, مزہ آ گیا
"""
FAREWELLS = """
    bye, goodbye, good bye, bye bye, byebye, bb, see you, see you later, see you soon, see ya, cya
    good night, goodnight, gn, have a good day, have a nice day, have a great day
    have a good one, have a nice evening, have a good evening, have a nice weekend, take care
    farewell, so long, until next time, talk to you later, ttyl, im done, that is all, thats all
    tschüss, tschüs, tschau, auf wiedersehen, auf wiederhören, bis bald, bis später, bis dann
    bis morgen, bis zum nächsten mal, gute nacht, ciao, machs gut, mach es gut, schönen tag
    schönen tag noch, schönen abend, schönen abend noch, schönes wochenende, das wars, das war alles
    adiós, hasta luego, hasta pronto, hasta mañana, hasta la vista, hasta la próxima, chao, chau
    nos vemos, que descanses, que tengas un buen día, que tenga un buen día, eso es todo
    feliz noche, cuídate
    пока, пока пока, до свидания, до встречи, до завтра, до скорого, спокойной ночи, всего доброго
    всего хорошего, хорошего дня, хорошего вечера, удачи, прощай, прощайте, увидимся, это всё
    خداحافظ, خدا حافظ, خدانگهدار, خدا نگهدار, بدرود, شب بخیر, شب خوش, روز خوش, روز خوبی داشته باشید
    فعلا, فعلا خداحافظ, به امید دیدار, تا بعد, می بینمت, بای, موفق باشید, موفق باشی, همین بود
    خدا حافظ, اللہ حافظ, فی امان اللہ, شب بخیر, پھر ملیں گے, پھر ملتے ہیں, بائے, الوداع, بس اتنا ہی
    khuda hafiz, allah hafiz, khoda hafez, poka, au revoir, arrivederci, tchau, güle güle
    مع السلامة
"""
ABOUT_BOT = """
    who are you, what are you, what is your name, whats your name, who made you, who created you
    who built you, what can you do, what can you do for me, what do you do, how do you work
    how does this work, how does it work here, how do i use you, how do i use this
    how can i use you, how to use you, how to use this, what can i ask, what can i ask you
    what can i do here, what is this bot, what does this bot do, what do you know
    what are you for, what are you able to do, what is your purpose, are you a bot
    are you human, are you a human, are you real, are you an ai, are you ai, are you chatgpt
    help, help me, help me please, please help, please help me, can you help, can you help me
    could you help me, would you help me, i need help, i need your help, can you assist me
    tell me about yourself, tell me something about yourself, introduce yourself
    about you, about, info, menu, main menu, commands, options, start, get started, instructions
    wer bist du, wer sind sie, was bist du, was kannst du, was kannst du tun, was kannst du alles
    was können sie, was machst du, wie heißt du, wie funktionierst du, wie funktioniert das
    wie funktioniert das hier, wie benutze ich dich, hilfe, hilf mir, hilf mir bitte, bitte hilf mir
    kannst du helfen, kannst du mir helfen, können sie mir helfen, ich brauche hilfe
    erzähl mir etwas über dich, erzähl mir von dir, erzähl etwas über dich, stell dich vor
    was kann ich fragen, was kann ich dich fragen, was weißt du, bist du ein bot
    bist du ein mensch, menü, befehle, anleitung
    quién eres, quién es usted, qué eres, qué puedes hacer, qué puedes hacer por mí, qué haces
    qué sabes hacer, cómo te llamas, cómo funcionas, cómo funciona esto, cómo se usa, ayuda
    ayúdame, ayúdame por favor, puedes ayudarme, me puedes ayudar, me ayudas, necesito ayuda
    háblame de ti, cuéntame de ti, cuéntame sobre ti, preséntate, qué puedo preguntar
    qué puedo preguntarte, qué te puedo preguntar, qué sabes, eres un bot, eres humano, menú
    comandos, instrucciones
    кто ты, кто вы, вы кто, ты кто, кто ты такой, кто вы такие, что ты такое, что это за бот
    что ты умеешь, что вы умеете, что ты можешь, что вы можете, что умеешь, чем занимаешься
    чем ты можешь помочь, чем вы можете помочь, как тебя зовут, как вас зовут, как ты работаешь
    как вы работаете, как это работает, как пользоваться, как тобой пользоваться, помощь, помоги
    помогите, помоги мне, помогите мне, помогите пожалуйста, можешь помочь, можете помочь
    ты можешь мне помочь, вы можете мне помочь, мне нужна помощь, расскажи о себе
    расскажите о себе, представься, о чём можно спросить, что можно спросить
    что у тебя можно спросить, что ты знаешь, ты бот, ты человек, меню, команды, инструкция
    تو کی هستی, تو کیستی, شما کی هستید, شما کیستید, کی هستی, شما چه کسی هستید, تو چی هستی
    اسمت چیه, اسم شما چیست, نام تو چیست, نام شما چیست, چه کار می کنی, چیکار می کنی, چه کاری بلدی
    چه کارهایی بلدی, چه کار می توانی بکنی, چه کاری می توانید انجام دهید, چه کاری از تو برمی آید
    چه کاری از شما برمی آید, چه کار می توانید بکنید, چطور کار می کنی, چگونه کار می کنی
    چطور از تو استفاده کنم, چه چیزی می توانم بپرسم, چی می تونم بپرسم, درباره خودت بگو
    درباره خودتان بگویید, از خودت بگو, خودت را معرفی کن, کمک, کمکم کن, کمکم کنید, به من کمک کن
    به من کمک کنید, می توانی کمکم کنی, می توانید کمکم کنید, می تونی کمکم کنی, کمک می خواهم
    تو ربات هستی, راهنما, راهنمایی, منو
    آپ کون ہیں, تم کون ہو, کون ہیں آپ, آپ کیا ہیں, آپ کا نام کیا ہے, تمہارا نام کیا ہے
    آپ کیا کر سکتے ہیں, تم کیا کر سکتے ہو, آپ کیا کرتے ہیں, آپ میرے لیے کیا کر سکتے ہیں
    آپ کیسے کام کرتے ہیں, یہ کیسے کام کرتا ہے, میں کیا پوچھ سکتا ہوں, میں کیا پوچھ سکتی ہوں
    اپنے بارے میں بتائیں, اپنے بارے میں بتائیے, اپنے بارے میں کچھ بتائیں, اپنا تعارف کرائیں
    مدد, میری مدد کریں, میری مدد کیجیے, میری مدد کرو, کیا آپ میری مدد کر سکتے ہیں
    کیا آپ مدد کر سکتے ہیں, مجھے مدد چاہیے, کیا آپ بوٹ ہیں, مینو
"""
ARTICLES = """
    what articles do you have, which articles do you have, what articles are there
    which articles are there, what articles are available, list articles, list the articles
    list all articles, list your articles, show articles, show the articles, show me the articles
    show me your articles, show all articles, what are your articles, what are the articles
    what are your sources, what sources do you have, what topics do you have
    what topics do you cover, what topics do you know, which topics do you cover, articles
    the articles, how many articles do you have, what are the articles about
    what are your articles about, what are these articles about, what do you have
    welche artikel hast du, welche artikel gibt es, was für artikel hast du, zeig die artikel
    zeig mir die artikel, zeige mir die artikel, zeig alle artikel, artikel, welche themen hast du
    welche themen kennst du, welche themen gibt es, wie viele artikel hast du
    welche quellen hast du, worum geht es in den artikeln
    qué artículos tienes, qué artículos hay, cuáles son los artículos, cuáles son tus artículos
    muestra los artículos, muéstrame los artículos, lista los artículos, lista de artículos
    artículos, los artículos, qué temas tienes, qué temas hay, cuántos artículos tienes
    qué fuentes tienes, de qué tratan los artículos
    какие у тебя статьи, какие у вас статьи, какие у тебя есть статьи, какие у вас есть статьи
    какие есть статьи, какие статьи есть, какие статьи у тебя есть, какие статьи у вас есть
    покажи статьи, покажите статьи, список статей, покажи список статей, статьи, какие есть темы
    какие темы есть, сколько у тебя статей, сколько у вас статей, о чём статьи, о чём эти статьи
    چه مقاله هایی داری, چه مقاله هایی دارید, چه مقالاتی داری, چه مقالاتی دارید, مقاله ها
    مقاله ها را نشان بده, مقاله ها را نشان بدهید, مقالات را نشان بده, فهرست مقاله ها, لیست مقالات
    لیست مقاله ها, چند مقاله داری, چند مقاله دارید, مقاله ها درباره چیست, چه موضوعاتی دارید
    آپ کے پاس کون سے مضامین ہیں, آپ کے پاس کیا مضامین ہیں, کون سے مضامین ہیں, مضامین دکھائیں
    مضامین دکھائیے, مجھے مضامین دکھائیں, مضامین کی فہرست, مضامین کی فہرست دکھائیں, مضامین
    آپ کے پاس کتنے مضامین ہیں, مضامین کس بارے میں ہیں
"""
ACKNOWLEDGED = """
    ok, okay, okey, k, kk, okie, oki, alright, all right, right, got it, i got it, i see
    i understand, understood, makes sense, sure, fine, yes, yeah, yep, yup, no, nope, nah
    no thanks, no thank you, not now, nothing, nothing else, never mind, nevermind, nvm, maybe
    sorry, im sorry, i am sorry, my bad, oops, excuse me, pardon, lol, haha, hahaha, hehe, hmm
    hm, oh, ah, aha, interesting, how interesting, good, stop, cancel, quit, exit, enough, wait
    one moment, test, testing, done, no problem, its ok, its okay, good to know, noted
    alles klar, verstanden, verstehe, ich verstehe, achso, ach so, aha, gut, in ordnung, passt
    ja, nein, nee, nein danke, jo, jawohl, klar, natürlich, schon gut, macht nichts
    entschuldigung, entschuldige, tut mir leid, sorry, vielleicht, interessant, stopp, abbrechen
    nichts, warte
    vale, de acuerdo, entendido, entiendo, ya veo, ya, sí, claro, bueno, bien, está bien
    no gracias, nada, nada más, quizás, tal vez, perdón, perdona, lo siento, disculpa, jaja
    jajaja, interesante, qué interesante, para, cancelar, listo
    понятно, ясно, понял, поняла, хорошо, ладно, ок, окей, да, нет, ага, угу, нет спасибо
    не надо, ничего, может быть, извини, извините, прости, простите, ой, ха ха, хаха, интересно
    стоп, отмена, хватит, конечно, всё ясно, всё понятно
    باشه, باشد, اوکی, اوکیه, فهمیدم, متوجه شدم, بله, آره, نه, خیر, نه ممنون, نه مرسی, خب, خوب
    خوبه, درسته, حله, ببخشید, ببخشین, معذرت, معذرت می خواهم, عذر می خواهم, شاید, هیچی, جالب
    بس است, صبر کن, بعدا
    ٹھیک ہے, ٹھیک, اچھا, اوکے, سمجھ گیا, سمجھ گئی, سمجھ آ گئی, جی, جی ہاں, ہاں, نہیں, جی نہیں
    نہیں شکریہ, معاف کیجیے, معاف کریں, معذرت, سوری, شاید, کچھ نہیں, کوئی بات نہیں, دلچسپ, رکیے
    بس
"""
# Who is spoken to, and how much: part of small talk, and none by themselves.
BESIDES = """
    bot, footnote, friend, my friend, buddy, mate, man, bro, dude, dear, sir, madam, maam, everyone
    everybody, all, guys, team, folks, there, again, so much, very much, a lot, so, very, really
    you, today, now, then, and, but, please, pls, plz, well, for now, indeed, just
    und, aber, bitte, alle, zusammen, leute, lieber, liebe, sehr, mein freund, dann, nochmal, doch
    y, pero, por favor, amigo, amiga, todos, a todos, muy, entonces, otra vez
    и, но, пожалуйста, друг, дружище, всем, друзья, очень, бот, тогда, вам, тебе, ещё раз
    و, ولی, لطفا, دوست من, دوست عزیز, دوستان, عزیزم, عزیز, جان, خیلی, همگی, به همه, ربات, پس, شما
    اور, مگر, براہ کرم, پلیز, دوست, بھائی, جناب, صاحب, سب کو, بہت, بوٹ, پھر, آپ
"""
