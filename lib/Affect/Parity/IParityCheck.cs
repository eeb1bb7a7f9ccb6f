namespace Affect.Parity;

/// <summary>Runs one kind of model on a recorded case, to see whether it computes what the original did.</summary>
public interface IParityCheck
{
    /// <summary>What it checks, for messages, as in <c>hubert</c>.</summary>
    string Kind { get; }

    /// <summary>True if a folder in Hugging Face's layout holds such a model.</summary>
    bool Recognizes(string folder);

    /// <summary>Loads the model, feeds it the case's inputs and compares what comes out.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="weights">A weights file to use instead of the folder's own, or null.</param>
    /// <param name="parityCase">The recorded inputs and outputs; what comes out is compared with it.</param>
    /// <exception cref="FormatException">Model or case are damaged, or do not fit each other.</exception>
    void Run(string folder, string? weights, ParityCase parityCase);
}
