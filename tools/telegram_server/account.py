"""getMe, logOut, close, getFile."""

from .methods import Call, imitates
from .validation import Json


@imitates("getMe")
def get_me(call: Call) -> Json:
    return call.state.bot.to_api_in_full()


@imitates("logOut")
def log_out(call: Call) -> bool:
    """Every later request is refused."""
    call.state.logged_out = True
    return True


@imitates("close")
def close(call: Call) -> bool:
    """The real server closes the bot's instance; here there is nothing to close."""
    return True


@imitates("getFile")
def get_file(call: Call) -> Json:
    file = call.state.files.for_download(call.get("file_id"))
    return {**file.to_api(), "file_path": file.path}
