namespace Affect.Training;

/// <summary>Something that <see cref="Trainer"/> can train: parameters, items to learn from, a loss, and a way to tell how good the result is.</summary>
public interface ITrainingTask
{
    /// <summary>What is being done, as in <c>Adapting mimic-hubert</c>; progress and records say it.</summary>
    string Name { get; }

    /// <summary>
    /// All settings that decide what is learned and are not the trainer's own (configuration, data, starting weights), as text: a run folder goes on
    /// only with the same recipe.
    /// </summary>
    string Recipe { get; }

    /// <summary>What is trained; names are unique. <see cref="TrainedParameter.Of"/> gives all parameters of a module.</summary>
    IReadOnlyList<TrainedParameter> Parameters { get; }

    /// <summary>How many items there are to learn from; they are numbered from 0.</summary>
    int Items { get; }

    /// <summary>The class of each item, for balanced sampling; null where items have none.</summary>
    IReadOnlyList<int>? Classes => null;

    /// <summary>
    /// Whether the loss draws from libtorch's own generator, as its dropout does (<see cref="Affect.Tensors.SeededDropout"/> does not). The trainer seeds it before
    /// every piece of a batch; the pieces are then done one after another instead of one per core, so that a run can be repeated; beside another training it cannot.
    /// </summary>
    bool DrawsFromTorch => false;

    /// <summary>An item's name in messages, as a clip's id.</summary>
    string ItemName(int item) => FormattableString.Invariant($"item {item}");

    /// <summary>Sets what is trained to training or to evaluation.</summary>
    void SetTraining(bool training);

    /// <summary>The mean loss of some items, with gradients. The trainer opens a scope around the call and disposes the loss.</summary>
    /// <param name="items">The items' numbers: a batch, or the piece of one.</param>
    /// <param name="step">Which step it is, and the only source of chance besides dropout.</param>
    StepLoss Loss(IReadOnlyList<int> items, TrainingStep step);

    /// <summary>
    /// Measures the present weights on clips kept aside for choosing, which are never those that are reported. Evaluation mode and no gradients are set.
    /// </summary>
    /// <returns>Scores by name, higher is better for the one that is chosen by; null where there is nothing to choose by.</returns>
    IReadOnlyDictionary<string, double>? Validate() => null;
}
