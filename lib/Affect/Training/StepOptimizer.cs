namespace Affect.Training;

/// <summary>One optimizer per rate and decay, followed together.</summary>
internal sealed class StepOptimizer : IDisposable
{
    private readonly (double Factor, OptimizerHelper Optimizer)[] groups;

    internal StepOptimizer(IReadOnlyList<TrainedParameter> parameters, TrainerConfig config) => groups =
    [
        .. parameters.GroupBy(parameter => (parameter.RateFactor, parameter.Decays)).OrderBy(group => group.Key)
            .Select(group => (group.Key.RateFactor, Create([.. group.Select(parameter => parameter.Tensor)], config, group.Key.Decays ? config.WeightDecay : 0))),
    ];

    public void Dispose()
    {
        foreach (var (_, optimizer) in groups) optimizer.Dispose();
    }

    internal void Step(double rate)
    {
        foreach (var (factor, optimizer) in groups)
        {
            foreach (var group in optimizer.ParamGroups) group.LearningRate = rate * factor;
            optimizer.step();
        }
    }

    internal byte[] Save()
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
            foreach (var (_, optimizer) in groups) optimizer.save_state_dict(writer);
        return buffer.ToArray();
    }

    internal void Load(byte[] state)
    {
        using var reader = new BinaryReader(new MemoryStream(state));
        foreach (var (_, optimizer) in groups) optimizer.load_state_dict(reader);
    }

    private static OptimizerHelper Create(Parameter[] parameters, TrainerConfig config, double decay) => config.Optimizer switch
    {
        OptimizerKind.AdamW => optim.AdamW(parameters, config.LearningRate, config.Beta1, config.Beta2, weight_decay: decay),
        OptimizerKind.Adam => optim.Adam(parameters, config.LearningRate, config.Beta1, config.Beta2, weight_decay: decay),
        _ => optim.SGD(parameters, config.LearningRate, momentum: 0.9, weight_decay: decay),
    };
}
