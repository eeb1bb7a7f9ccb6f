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
        foreach (var (name, tensor) in beside) Tensor(pickle.Text(name), tensor).Code("s");
        pickle.Text("epoch").Integer(3).Code("s");
        foreach (var key in Outermost())
        {
            pickle.Text(key).Code("}");
            foreach (var inner in place[1..]) pickle.Text(inner).Code("}");
            foreach (var (name, tensor) in weights) Tensor(pickle.Text(name), tensor).Code("s");
            foreach (var _ in place) pickle.Code("s");
        }
        if (place.Length == 0)
            foreach (var (name, tensor) in weights) Tensor(pickle.Text(name), tensor).Code("s");
        Add("archive/data.pkl", pickle.Code(".").ToArray());

        IEnumerable<string> Outermost() => second is null ? place.Take(1) : [place[0], second];

        PickleBuilder Tensor(PickleBuilder builder, Tensor tensor)
        {
            var key = $"{storages++}";
            var values = tensor.to(ScalarType.Float32).contiguous();
            Add($"archive/data/{key}", values.bytes.ToArray());
            builder.Global("torch._utils", "_rebuild_tensor_v2").Code("(").Code("(").Text("storage").Global("torch", "FloatStorage").Text(key).Text("cpu").Integer((int)values.numel()).Code("tQ");
            builder.Integer(0).Code("(");
            foreach (var size in values.shape) builder.Integer((int)size);
            builder.Code("t(");
            for (var axis = 0; axis < values.shape.Length; axis++) builder.Integer((int)values.shape[(axis + 1)..].Aggregate(1L, (product, size) => product * size));
            return builder.Code("t\x89").Global("collections", "OrderedDict").Code(")RtR");
        }

        void Add(string name, byte[] bytes)
        {
            using var stream = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
            stream.Write(bytes);
        }
    }
}
