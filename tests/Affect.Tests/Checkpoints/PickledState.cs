namespace Affect.Tests.Checkpoints;

/// <summary>Writes what <c>torch.save({'loss': tensor, 'model_state_dict': {...}}, f)</c> writes.</summary>
internal static class PickledState
{
    /// <param name="path">The file.</param>
    /// <param name="weights">A model's tensors, float32.</param>
    /// <param name="place">The keys under which they lie, from the outside; none: at the top.</param>
    /// <param name="beside">Tensors beside the outermost key, before it.</param>
    /// <param name="second">Another key of the same tensors; null: none.</param>
    public static void Write(string path, Dictionary<string, Tensor> weights, string[] place, Dictionary<string, Tensor> beside, string? second = null)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        var storages = 0;
        var pickle = new PickleBuilder().Protocol(2).Code("}");
        Add(beside);
        pickle.Text("epoch").Integer(3).Code("s");
        foreach (var key in second is null ? place.Take(1) : [place[0], second])
        {
            pickle.Text(key).Code("}");
            foreach (var inner in place[1..]) pickle.Text(inner).Code("}");
            Add(weights);
            foreach (var _ in place) pickle.Code("s");
        }
        if (place.Length == 0) Add(weights);
        PickleBuilder.Add(zip, "archive/data.pkl", pickle.Code(".").ToArray());

        void Add(Dictionary<string, Tensor> tensors)
        {
            foreach (var (name, tensor) in tensors)
            {
                var values = tensor.to(ScalarType.Float32).contiguous();
                var shape = Array.ConvertAll(values.shape, size => (int)size);
                var strides = shape.Select((_, axis) => shape[(axis + 1)..].Aggregate(1, (product, size) => product * size)).ToArray();
                PickleBuilder.Add(zip, $"archive/data/{storages}", values.bytes.ToArray());
                pickle.Tensor(name, $"{storages++}", (int)values.numel(), offset: 0, shape, strides);
            }
        }
    }
}
