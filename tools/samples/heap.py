"""A heap of short articles in which the same people come up again: what a library is shown with."""

from __future__ import annotations

PEOPLE = ("Ines Duarte", "Tomas Brandt", "Ruth Adeyemi", "Jon Haraldsson", "Mei Lindqvist")
ROLES = (
    "who chairs the board",
    "an engineer",
    "the mayor of Port Ansel",
    "a fisherman",
    "the harbour master",
)
SITES = ("Northern Courier", "Coast Weekly", "The Quay")
SUBJECTS = (
    ("The cranes stay", "the old cranes", "They are part of this town"),
    ("A levy for the sea wall", "the sea wall", "Nobody will be asked to pay twice"),
    ("Fishing quota talks resume after storm", "the fishing quota", "We can count the boats on two hands"),
    ("The lamp on the pier goes out", "the lamp on the pier", "A light that nobody tends is a danger"),
    ("Ferry returns in spring", "the ferry", "We have waited four winters for it"),
)


def heap(number: int = 40) -> list[tuple[str, str]]:
    """Return so many articles in Markdown, each with the name of its file."""
    made = []
    for n in range(number):
        title, subject, words = SUBJECTS[n % 5]
        first, second = n % 5, (n // 5 + n + 1) % 5
        speaker, other = PEOPLE[first], PEOPLE[second if second != first else (second + 1) % 5]
        date = f"{2016 + n * 7 // number}-{1 + n * 5 % 12:02}-{1 + n * 11 % 28:02}"
        text = (
            f"---\ntitle: {title}{'' if n < 5 else f', {n // 5 + 1}'}\ndate: {date}\n"
            f"author: {PEOPLE[(n + 2) % 5]}\nsite: {SITES[n % 3]}\n---\n\n"
            f"“{words},” said {speaker}, {ROLES[first]}, when the council of Harrow met on {subject}.\n\n"
            f"{other} was less certain. {other.split()[1]} called the plan “a promise written in sand” and asked "
            f"for a vote before the summer.\n\n"
            f"A report by the Coastal Institute puts the cost of {subject} at {n + 2} million euros, the council "
            f"said. {speaker.split()[1]} told reporters that the figure was out of date.\n"
        )
        made.append((f"{n + 1:02}.md", text))
    return made
