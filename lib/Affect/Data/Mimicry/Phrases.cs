namespace Affect.Data.Mimicry;

/// <summary>The words of Mimic's sentences. Lists by emotion are in the order of <see cref="EmotionSet.Mer2024"/>.</summary>
internal static class Phrases
{
    /// <summary>What one can be: neutral, angry, happy, sad, worried, surprised.</summary>
    internal static readonly string[][] Feelings =
    [
        ["calm", "indifferent", "unmoved", "composed", "even-tempered", "matter-of-fact", "level-headed", "relaxed"],
        ["angry", "furious", "outraged", "annoyed", "cross", "livid", "fuming", "irritated"],
        ["happy", "delighted", "cheerful", "glad", "thrilled", "joyful", "overjoyed", "pleased"],
        ["sad", "miserable", "heartbroken", "downhearted", "gloomy", "sorrowful", "tearful", "unhappy"],
        ["worried", "anxious", "nervous", "uneasy", "afraid", "troubled", "fretful", "fearful"],
        ["surprised", "astonished", "amazed", "stunned", "bewildered", "startled", "speechless", "dumbfounded"],
    ];

    internal static readonly string[] Things =
    [
        "the letter", "the garden", "the old car", "the photograph", "the piano", "the bicycle", "the necklace", "the painting", "the boat",
        "the guitar", "the clock", "the suitcase", "the sofa", "the radio", "the ring", "the kitchen table", "the blue coat", "the cake",
    ];

    internal static readonly string[] People =
    [
        "my sister", "my brother", "the teacher", "our neighbour", "my boss", "the driver", "my father", "my friend", "the doctor", "the landlord", "my cousin", "the caretaker",
    ];

    internal static readonly string[] Times =
    [
        "this morning", "last night", "today", "on Monday", "this week", "after lunch", "at the weekend", "yesterday", "this evening", "on the way home",
    ];

    /// <summary>The feeling is named.</summary>
    internal static readonly string[] Words =
    [
        "I am so {own} about {thing} {time}.",
        "I felt {own} the moment I saw {thing}.",
        "{thing} made me really {own} {time}.",
        "{person} and I were {own} all day because of {thing}.",
        "honestly, I am {own} whenever I think of {thing}.",
        "when {person} told me about {thing}, I was {own}.",
    ];

    /// <summary>Two feelings are named, and the order of the words tells which one it is.</summary>
    internal static readonly string[] Contrasts =
    [
        "I expected to be {other}, but now I am {own} about {thing}.",
        "now I am {own} about {thing}, and yet {time} I was still {other}.",
        "you would think that I am {other}, but {thing} has left me {own}.",
        "I am {own} about {thing}, although {person} is {other}.",
        "{person} is {other} about {thing}, while I am simply {own}.",
        "I am no longer {other} because of {thing}, I am {own}.",
        "I used to be {other} about {thing}, these days I am {own}.",
        "I am anything but {other}: {thing} makes me {own}.",
    ];

    /// <summary>Other feelings are denied, and what is left is said by a turn of phrase.</summary>
    internal static readonly string[][] Negations =
    [
        [
            "I am neither {other} nor {third} about {thing}, it is all the same to me.",
            "I cannot say that I am {other}, {thing} is just {thing}.",
            "not {other}, not {third}, I take {thing} just as it is.",
            "{thing} did not make me {other}, nothing has changed for me.",
        ],
        [
            "I am not {other}, I have simply had enough of {thing}.",
            "do not tell me to be {other}, {person} had no right to touch {thing}.",
            "I will not be {other} about {thing}, I will not put up with it.",
            "nobody could be {other} when {person} breaks every promise about {thing}.",
        ],
        [
            "I am not {other} any more, nothing could spoil {thing} for me.",
            "how could I be {other}, with {thing} {time} I could not stop singing.",
            "there is no reason to be {other}, {thing} is all that I ever wished for.",
            "I have never been less {other}, I could hug {person} for {thing}.",
        ],
        [
            "I am not {other}, I just cannot find anything to smile about.",
            "I wish that I were {other}, but nothing about {thing} will ever be as it was.",
            "without {person} I cannot be {other}, {thing} means nothing to me now.",
            "I was not {other} {time}, I only wanted to be left alone with {thing}.",
        ],
        [
            "I am not {other}, I just cannot stop thinking of what may happen to {thing}.",
            "I could not be {other} {time}, {person} has still not called about {thing}.",
            "I would like to be {other}, if only I knew that nothing is wrong with {thing}.",
            "I cannot be {other} until I know that {thing} is safe.",
        ],
        [
            "I was not {other}, I simply never saw {thing} coming.",
            "I did not know whether to be {other}, all at once {thing} was there.",
            "I could not even be {other}, {thing} came out of nowhere {time}.",
            "I had no time to be {other}, who would have thought that of {thing}?",
        ],
    ];

    /// <summary>What happened; no feeling is named.</summary>
    internal static readonly string[][] Situations =
    [
        [
            "{thing} is at the usual place, as {person} said {time}.",
            "{person} will write down what there is to know about {thing}.",
            "as on every other day, we talked about {thing} {time}.",
            "the shop that sold us {thing} opens at nine.",
        ],
        [
            "{person} has lied to me about {thing} for the third time.",
            "who gave {person} permission to throw away {thing}?",
            "get out of here, and take {thing} with you.",
            "{person} scratched {thing} and then blamed it on me.",
        ],
        [
            "we won the first prize with {thing} {time}.",
            "{person} is coming home at last, and we will dance around {thing}.",
            "we laughed until late at night because of {thing}.",
            "{thing} was the best present that {person} ever gave me.",
        ],
        [
            "{person} died {time}, and {thing} is all that I have left.",
            "I sat by the window and wept over {thing} {time}.",
            "{person} moved away for good and left {thing} behind.",
            "we buried our old cat {time}, beside {thing}.",
        ],
        [
            "what if {person} finds out about {thing} before we do?",
            "{person} should have been back with {thing} hours ago.",
            "I did not sleep at all, what if {thing} is lost?",
            "{person} wants to see me alone, and nobody says why.",
        ],
        [
            "wait, {person} bought {thing} without a word to anyone?",
            "I opened the door, and there stood {person} with {thing}!",
            "you mean to say that {thing} was here all along?",
            "I had no idea that {person} could do that with {thing}!",
        ],
    ];
}
