"""From latitude and longitude to the map of Canada in `static/img/canada.svg`, a Mercator map."""

from math import log, pi, radians, tan

# Fitted on the map's straight borders: 110° W, 120° W, 49° N and 60° N.
_X_AT_110, _X_PER_DEGREE = 278.2, 8.966
_Y_AT_49, _Y_SCALE = 938.0, 513.25
VIEW_BOX = "0 640 793 395"


def _mercator(latitude: float) -> float:
    return log(tan(pi / 4 + radians(latitude) / 2))


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Give the point of a place on the map, in the map's units."""
    x = _X_AT_110 + (float(longitude) + 110) * _X_PER_DEGREE
    y = _Y_AT_49 - _Y_SCALE * (_mercator(float(latitude)) - _mercator(49))
    return round(x, 1), round(y, 1)
