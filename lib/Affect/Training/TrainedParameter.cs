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
}
