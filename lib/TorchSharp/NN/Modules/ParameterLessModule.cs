namespace TorchSharp.Modules;

/// <summary>A module of one input without parameters, buffers or children.</summary>
public abstract class ParameterLessModule<T1, TResult> : torch.nn.Module<T1, TResult>
{
    protected ParameterLessModule(string name) : base(name)
    {
    }

    internal sealed override void Convert(torch.Device? device, torch.ScalarType? dtype, Dictionary<torch.Tensor, torch.Tensor> done)
    {
    }
}
