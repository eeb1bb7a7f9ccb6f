namespace Affect.Training;

/// <summary>A tensor that training changes, and how.</summary>
/// <param name="Name">Its name, unique within the task; states on disk go by it.</param>
/// <param name="Tensor">The parameter itself; it must require gradients.</param>
public sealed record TrainedParameter(string Name, Parameter Tensor)
{
    /// <summary>What the learning rate is multiplied by, above 0: a fresh head may run ten times faster than what it sits on.</summary>
    public double RateFactor { get; init => field = Require.Between(1e-9, 1e9, value); } = 1;

    /// <summary>Whether weight decay pulls it towards 0; biases, norms and prompts usually go free.</summary>
    public bool Decays { get; init; } = true;

    /// <summary>All parameters of a module, which require gradients from now on; weight decay leaves those of one axis (biases, norms) alone.</summary>
    /// <param name="module">The module.</param>
    /// <param name="prefix">What is put before their names, as in <c>head.</c>.</param>
    public static IReadOnlyList<TrainedParameter> Of(Module module, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(module);
        foreach (var parameter in module.parameters()) parameter.requires_grad = true;
        return [.. module.named_parameters().Select(one => new TrainedParameter(prefix + one.name, one.parameter) { Decays = one.parameter.dim() > 1 })];
    }
}
