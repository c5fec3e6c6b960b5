from catalog.dialects.wire import answer


def refuse(error):
    return answer({"status": "failed", "message": error.message}, 500)
