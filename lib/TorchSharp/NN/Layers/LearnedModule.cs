namespace TorchSharp.Modules;

/// <summary>What the layers with weights share.</summary>
public abstract class LearnedModule : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private protected LearnedModule(string name) : base(name)
    {
    }

    /// <summary>An uninitialised parameter that no dispose scope owns.</summary>
    private protected static Parameter Empty(long[] shape, torch.Device? device, torch.ScalarType? dtype)
    {
        var parameter = new Parameter(torch.empty(shape, dtype: dtype, device: device));
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    /// <summary>A property's new value: the old parameter is disposed of, and the new one registered in its place.</summary>
    private protected void Exchange(ref Parameter? own, Parameter? value, string name)
    {
        if (ReferenceEquals(own, value)) return;
        own?.Dispose();
        own = value;
        value?.DetachFromDisposeScope();
        ConditionallyRegisterParameter(name, value);
    }
}
