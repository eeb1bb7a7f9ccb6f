namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter.</summary>
public abstract class OptimizerState : IDisposable
{
    private protected OptimizerState(Parameter parameter) => Parameter = parameter;

    private protected Parameter Parameter { get; }

    public abstract void SaveStateDict(BinaryWriter writer);

    public abstract void LoadStateDict(BinaryReader reader);

    public abstract void LoadStateDict(OptimizerState source);

    public abstract void to(torch.Device device);

    public abstract void Dispose();

    /// <summary>Zeros like the parameter, which outlive any scope.</summary>
    private protected torch.Tensor Zeros()
    {
        using var mode = torch.no_grad();
        return torch.zeros_like(Parameter).DetachFromDisposeScope();
    }

    private protected static void Save(BinaryWriter writer, torch.Tensor? tensor)
    {
        writer.Write(tensor is not null);
        if (tensor is not null) StateFile.Write(writer, tensor);
    }

    private protected void Load(BinaryReader reader, ref torch.Tensor? tensor, string name)
    {
        if (!reader.ReadBoolean())
        {
            Exchange(ref tensor, null);
            return;
        }
        using var read = StateFile.Read(reader, name);
        Copy(read, ref tensor, name);
    }

    private protected void Copy(torch.Tensor? source, ref torch.Tensor? tensor, string name)
    {
        if (source is null)
        {
            Exchange(ref tensor, null);
            return;
        }
        if (!source.shape.AsSpan().SequenceEqual(Parameter.shape))
            throw new ArgumentException($"{name} must have its parameter's shape [{string.Join(", ", Parameter.shape)}], but has [{string.Join(", ", source.shape)}].");
        using var mode = torch.no_grad();
        Exchange(ref tensor, source.to(source.dtype, Parameter.device, copy: true).DetachFromDisposeScope());
    }

    private protected static void Move(ref torch.Tensor? tensor, torch.Device device)
    {
        using var mode = torch.no_grad();
        if (tensor is not null) Exchange(ref tensor, tensor.to(device).DetachFromDisposeScope());
    }

    private static void Exchange(ref torch.Tensor? tensor, torch.Tensor? value)
    {
        tensor?.Dispose();
        tensor = value;
    }
}
