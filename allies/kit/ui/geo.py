"""From latitude and longitude to the map of Canada in `static/img/canada.svg`.

The map is a Lambert conformal conic on a sphere with the standard parallels that Statistics Canada uses,
so that the 49th parallel is the curve people know and the south, where the councils are, keeps its size.
"""

from math import cos, log, pi, radians, sin, tan

WIDTH, HEIGHT = 800, 766

_PARALLELS = 49.0, 77.0
_ORIGIN = 63.390675, -91.866667
# How the drawing was laid on the sheet: units per radius of the Earth, and where the origin stands.
_SCALE, _X, _Y = 941.685, 377.489, 337.740


def _t(latitude: float) -> float:
    return tan(pi / 4 + radians(latitude) / 2)


_N = log(cos(radians(_PARALLELS[0])) / cos(radians(_PARALLELS[1]))) / log(_t(_PARALLELS[1]) / _t(_PARALLELS[0]))
_F = cos(radians(_PARALLELS[0])) * _t(_PARALLELS[0]) ** _N / _N
_RHO = _F / _t(_ORIGIN[0]) ** _N


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Give the point of a place on the map, in the map's units, y downwards."""
    rho = _F / _t(float(latitude)) ** _N
    angle = _N * radians(float(longitude) - _ORIGIN[1])
    x = _X + _SCALE * rho * sin(angle)
    y = _Y - _SCALE * (_RHO - rho * cos(angle))
    return round(x, 1), round(y, 1)
