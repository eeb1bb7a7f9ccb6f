using Affect.Data;
using Affect.Features;

namespace Affect.Cli;

/// <summary>Features of an adapted encoder are not judged by people whose labels it has learned from.</summary>
internal static class LearnedFrom
{
    /// <summary>The corpus without them; says how many they are, or that nobody knows.</summary>
    /// <exception cref="ArgumentException">No labelled clip is left.</exception>
    internal static Corpus LeaveOut(FeatureRecipe recipe, Corpus corpus)
    {
        if (recipe.Adapter is not null && recipe.LearnedSpeakers is null)
            Console.Error.WriteLine("Warning: these features were adapted by labels, and their store does not say whose. Of every speaker that the adapter learned from they know more than a stranger's would show: only scores on other people's clips are findings.");
        var left = recipe.Strangers(corpus);
        if (left.Clips.Count < corpus.Clips.Count)
            Console.Error.WriteLine($"{corpus.Speakers.Count - left.Speakers.Count} of {corpus.Speakers.Count} speakers are left out: {recipe.Encoder} has learned from their labels.");
        return left;
    }
}
