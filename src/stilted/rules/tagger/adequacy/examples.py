"""What the adequacy rules show: found at the marks, at the default sensitivity, by the model that is shipped."""

from __future__ import annotations

from typing import Final

from stilted.core.model import Example

EXAMPLES: Final[dict[str, tuple[tuple[Example, ...], tuple[Example, ...]]]] = {
    "omission": (
        (
            Example.of(
                "Close the window before you <v>leave</v>.",
                source="离开之前请关上窗户，并且把灯和空调都关掉，最后锁好门。",
            ),
        ),
        (Example.of("Close the window before you leave.", source="离开之前请关上窗户。"),),
    ),
    "addition": (
        (
            Example.of(
                "Save the file before you close the window. <v>The bakery sells fresh bread every morning.</v>",
                source="Speichern Sie die Datei, bevor Sie das Fenster schließen.",
            ),
        ),
        (
            Example.of(
                "Save the file before you close the window.",
                source="Speichern Sie die Datei, bevor Sie das Fenster schließen.",
            ),
        ),
    ),
    "unrelated": (
        (
            Example.of(
                "<v>The bakery sells fresh bread every morning.</v>",
                source="Введите пароль, чтобы войти в систему.",
            ),
        ),
        (Example.of("Enter your password to sign in to the system.", source="Введите пароль, чтобы войти в систему."),),
    ),
    "contradiction": (
        (
            Example.of(
                "You <v>can not</v> change the password later.",
                source="Vous pourrez modifier le mot de passe plus tard.",
            ),
        ),
        (Example.of("You can change the password later.", source="Vous pourrez modifier le mot de passe plus tard."),),
    ),
}
