using Affect.Checkpoints;
using Affect.Checkpoints.Parity;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Affect.Encoders.Hubert;

/// <summary>Checks a HuBERT folder against transformers' states, loss and gradients on the same input.</summary>
/// <remarks>
/// The case holds <c>input_values</c>, <c>attention_mask</c>, <c>frame_mask</c> and expected outputs. Only valid frames are compared: what a network
/// makes of padding means nothing.
/// The network is driven directly, past <see cref="HubertModel.Encode"/>: the original accepts padded batches even where padding changes the result.
/// The states come from the frozen path, which <see cref="HubertModel.Encode"/> takes; loss and gradients from the training path.
/// </remarks>
public sealed class HubertParity : IParityCheck
{
    private const int Directions = 8;
    private const double Step = 1e-5;

    /// <inheritdoc/>
    public string Kind => "hubert";

    /// <inheritdoc/>
    public bool Recognizes(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var config = Path.Combine(folder, "config.json");
        return File.Exists(config) && ConfigFile.Open(config).Text("model_type", "") == Kind;
    }

    /// <inheritdoc/>
    public void Run(string folder, string? weights, ParityCase parityCase)
    {
        ArgumentNullException.ThrowIfNull(parityCase);
        using var model = HubertModel.FromPretrained(folder, parityCase.Device, weights: weights);
        using var scope = NewDisposeScope();
        var input = parityCase.Read("input_values");
        var lengths = parityCase.Has("attention_mask") ? parityCase.Read("attention_mask").sum(1) : null;
        CompareStates(model, input, lengths, parityCase);
        if (!parityCase.Has("loss")) return;
        foreach (var name in CompareLoss(model, input, lengths, parityCase)) CompareWithDifferences(folder, weights, name, model, parityCase);
    }

    private static void CompareStates(HubertModel model, Tensor input, Tensor? lengths, ParityCase parityCase)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var states = model.call(input, lengths);
        var valid = Valid(parityCase);
        for (var layer = 0; layer < states.Layers.Count; layer++) parityCase.Compare($"hidden_states.{layer}", states.Layers[layer], valid);
        if (parityCase.Has($"hidden_states.{states.Layers.Count}"))
            throw new FormatException($"The case holds 'hidden_states.{states.Layers.Count}', but config.json has only {model.Layers} layers.");
        parityCase.Compare("last_hidden_state", states.Layers[^1], valid);
        if (parityCase.Has("extract_features")) parityCase.Compare("extract_features", model.Features(input), valid);
    }

    // Gives the names whose gradient on record cannot be one.
    private static List<string> CompareLoss(HubertModel model, Tensor input, Tensor? lengths, ParityCase parityCase)
    {
        using var scope = NewDisposeScope();
        var wanted = new Dictionary<string, Parameter>();
        foreach (var (name, parameter) in model.named_parameters())
        {
            parameter.requires_grad = true;
            wanted[name] = parameter;
        }
        var loss = Loss(model, input, lengths, parityCase);
        parityCase.Compare("loss", loss.reshape(1));
        loss.backward();
        var damaged = new List<string>();
        foreach (var name in parityCase.GradientNames)
        {
            if (!wanted.TryGetValue(name, out var parameter))
                throw new FormatException($"The case holds a gradient of '{name}', which the model does not have.");
            if (parityCase.IsPlausibleGradient(name, parameter, loss.ToDouble())) parityCase.CompareGradient(name, parameter.grad);
            else damaged.Add(name);
        }
        return damaged;
    }

    // Sum over valid frames of the last state squared, divided by the number of valid frames.
    private static Tensor Loss(HubertModel model, Tensor input, Tensor? lengths, ParityCase parityCase)
    {
        var last = model.call(input, lengths).Layers[^1];
        var valid = Valid(parityCase) ?? ones(last.shape[..2], dtype: ScalarType.Int64, device: last.device);
        return (last.pow(2).sum([2]) * valid).sum() / valid.sum();
    }

    // Where the record is of no use, the gradient is checked against the definition: central differences of the loss, in float64, along random signs.
    private static void CompareWithDifferences(string folder, string? weights, string name, HubertModel trained, ParityCase parityCase)
    {
        using var scope = NewDisposeScope();
        using var exact = HubertModel.FromPretrained(folder, parityCase.Device, ScalarType.Float64, weights);
        using var noGrad = no_grad();
        var input = parityCase.Read("input_values").to(ScalarType.Float64);
        var lengths = parityCase.Has("attention_mask") ? parityCase.Read("attention_mask").sum(1) : null;
        var weight = exact.named_parameters().First(parameter => parameter.name == name).parameter;
        var gradient = trained.named_parameters().First(parameter => parameter.name == name).parameter.grad?.to(ScalarType.Float64);
        var generator = new Generator(1);
        var (largest, difference) = (double.Epsilon, gradient is null ? double.PositiveInfinity : 0.0);
        for (var i = 0; gradient is not null && i < Directions; i++)
        {
            using var step = NewDisposeScope();
            var signs = rand(weight.shape, dtype: ScalarType.Float64, generator: generator).to(weight.device).sub(0.5).sign();
            var before = weight.clone();
            weight.add_(signs * Step);
            var above = Loss(exact, input, lengths, parityCase).ToDouble();
            weight.sub_(signs * (2 * Step));
            var below = Loss(exact, input, lengths, parityCase).ToDouble();
            weight.copy_(before);
            var slope = (above - below) / (2 * Step);
            largest = Math.Max(largest, Math.Abs(slope));
            difference = Math.Max(difference, Math.Abs((gradient * signs).sum().ToDouble() - slope));
        }
        parityCase.RecordGradient(
            name,
            difference / largest,
            $"The gradient of {name} on record cannot be one (its numbers are of a size that no loss allows); "
            + "ours was checked against central differences of the loss in float64 instead.");
    }

    private static Tensor? Valid(ParityCase parityCase) => parityCase.Has("frame_mask") ? parityCase.Read("frame_mask") : null;
}
