"""Every picture, by name, in the order they are shown."""

from db.pictures import conflicts, events, openness, parameters, policies, users
from db.pictures.picture import Picture

PICTURES: dict[str, Picture] = {
    picture.name: picture
    for picture in (
        parameters.PICTURE,
        openness.PICTURE,
        policies.CHINA,
        policies.WORLD,
        users.PICTURE,
        events.PICTURE,
        conflicts.PICTURE,
    )
}
