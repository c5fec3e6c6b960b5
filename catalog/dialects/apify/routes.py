from flask import Blueprint

bp = Blueprint("apify", __name__, url_prefix="/v2")
