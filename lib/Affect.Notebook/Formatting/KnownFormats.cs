using System.Text.Json.Nodes;
using Affect.Data;
using Affect.Encoders;
using Affect.Evaluation;
using Affect.Features;
using Affect.Probing;
using static TorchSharp.torch;

namespace Affect.Notebook.Formatting;

/// <summary>Shows the types of the library below, which knows nothing of notebooks, and tensors.</summary>
internal static class KnownFormats
{
    /// <summary>The value's forms; null where its type is none of these.</summary>
    internal static Dictionary<string, JsonNode>? Of(object? value) => value switch
    {
        Tensor tensor => TensorFormat.Of(tensor),
        HiddenStates states => TensorFormat.Of(states),
        Clip clip => ClipFormat.Of(clip),
        Corpus corpus => ReportFormat.Of(corpus).ToBundle(),
        LayerCurve curve => ReportFormat.Of(curve).ToBundle(),
        ExtractionReport report => ReportFormat.Of(report).ToBundle(),
        FeatureTable table => ReportFormat.Of(table).ToBundle(),
        Scores scores => ReportFormat.Of(scores).ToBundle(),
        _ => null,
    };
}
