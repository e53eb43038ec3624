"""What body parts, modalities, measures and muscles are called."""

from __future__ import annotations

from handlers.words import label
from storage.values.exercise import BodyPart, Measure, Modality, Muscle


def part_name(part: BodyPart) -> str:
    """The body part as a lifter says it."""
    names = {
        BodyPart.CHEST: label("Chest"),
        BodyPart.BACK: label("Back"),
        BodyPart.SHOULDERS: label("Shoulders"),
        BodyPart.BICEPS: label("Biceps"),
        BodyPart.TRICEPS: label("Triceps"),
        BodyPart.FOREARMS: label("Forearms"),
        BodyPart.LEGS: label("Legs"),
        BodyPart.GLUTES: label("Glutes"),
        BodyPart.CALVES: label("Calves"),
        BodyPart.CORE: label("Core"),
        BodyPart.FULL_BODY: label("Full body"),
        BodyPart.CARDIO: label("Cardio"),
    }
    return names[part]


def modality_name(modality: Modality) -> str:
    """What is moved, as a lifter says it."""
    names = {
        Modality.BARBELL: label("Barbell"),
        Modality.DUMBBELL: label("Dumbbell"),
        Modality.CABLE: label("Cable"),
        Modality.MACHINE: label("Machine"),
        Modality.BODYWEIGHT: label("Bodyweight"),
        Modality.KETTLEBELL: label("Kettlebell"),
        Modality.BAND: label("Band"),
        Modality.CARDIO: label("Cardio"),
        Modality.OTHER: label("Other"),
    }
    return names[modality]


def measure_name(measure: Measure) -> str:
    """How sets are logged, as it reads after "logged by"."""
    names = {
        Measure.WEIGHT_REPS: label("weight and reps"),
        Measure.BODYWEIGHT_REPS: label("bodyweight and reps"),
        Measure.REPS: label("reps alone"),
        Measure.DURATION: label("time"),
        Measure.WEIGHT_DURATION: label("weight and time"),
        Measure.DISTANCE_DURATION: label("distance and time"),
        Measure.WEIGHT_DISTANCE: label("weight and distance"),
    }
    return names[measure]


def muscle_name(muscle: Muscle) -> str:
    """The muscle as lifters say it, within a sentence."""
    names = {
        Muscle.CHEST: label("chest"),
        Muscle.LATS: label("lats"),
        Muscle.UPPER_BACK: label("upper back"),
        Muscle.TRAPS: label("traps"),
        Muscle.LOWER_BACK: label("lower back"),
        Muscle.FRONT_DELTS: label("front delts"),
        Muscle.SIDE_DELTS: label("side delts"),
        Muscle.REAR_DELTS: label("rear delts"),
        Muscle.BICEPS: label("biceps"),
        Muscle.TRICEPS: label("triceps"),
        Muscle.FOREARMS: label("forearms"),
        Muscle.ABS: label("abs"),
        Muscle.OBLIQUES: label("obliques"),
        Muscle.QUADS: label("quads"),
        Muscle.HAMSTRINGS: label("hamstrings"),
        Muscle.GLUTES: label("glutes"),
        Muscle.ADDUCTORS: label("adductors"),
        Muscle.ABDUCTORS: label("abductors"),
        Muscle.CALVES: label("calves"),
        Muscle.HIP_FLEXORS: label("hip flexors"),
        Muscle.NECK: label("neck"),
    }
    return names[muscle]
