namespace Affect.Encoders;

/// <summary>Evaluation mode until disposed, then what was before: states never depend on dropout.</summary>
public sealed class EvaluationMode : IDisposable
{
    private readonly Module? trained;

    private EvaluationMode(Module? trained) => this.trained = trained;

    /// <summary>Puts a network into evaluation mode.</summary>
    /// <param name="model">The network.</param>
    public static EvaluationMode Of(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var was = model.training;
        if (was) model.eval();
        return new EvaluationMode(was ? model : null);
    }

    /// <summary>Brings the mode of before back.</summary>
    public void Dispose() => trained?.train();
}
