namespace Affect.Encoders;

/// <summary>Evaluation mode until disposed, then what was before: states never depend on dropout.</summary>
internal readonly struct EvaluationMode : IDisposable
{
    private readonly Module? model;

    private EvaluationMode(Module model) => this.model = model;

    internal static EvaluationMode Of(Module model)
    {
        if (!model.training) return default;
        model.eval();
        return new EvaluationMode(model);
    }

    public void Dispose() => model?.train();
}
