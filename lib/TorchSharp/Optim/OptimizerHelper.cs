namespace TorchSharp.Modules;

/// <summary>An optimizer with a state per parameter, which can be saved.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    private readonly Dictionary<Parameter, OptimizerState> states = new(ReferenceEqualityComparer.Instance);
    private readonly OptimizerOptions defaults;

    private protected OptimizerHelper(OptimizerOptions defaults) => this.defaults = defaults;

    /// <inheritdoc/>
    public override torch.Tensor? step(Func<torch.Tensor>? closure = null)
    {
        torch.Tensor? loss = null;
        if (closure is not null)
        {
            using var recording = torch.enable_grad();
            loss = closure();
        }
        using var mode = torch.no_grad();
        foreach (var group in Groups)
        {
            foreach (var parameter in group.Parameters)
            {
                // A scope for each parameter: the intermediate results of one are gone before the next one's come.
                using var scope = torch.NewDisposeScope();
                if (parameter.grad is { } gradient) Step(parameter, gradient, states[parameter], group.Options);
            }
        }
        return loss;
    }

    /// <summary>Adds parameters; options that the group leaves open are the optimizer's own.</summary>
    /// <exception cref="ArgumentException">A parameter is there already, or is no leaf.</exception>
    public override void add_param_group(ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        param_group.Options.Default(defaults);
        param_group.Options.LearningRate ??= defaults.LearningRate;
        param_group.Options.InitialLearningRate = param_group.LearningRate;
        param_group.Parameters = param_group.Parameters.ToArray();
        foreach (var parameter in param_group.Parameters)
            if (!states.TryAdd(parameter, NewState(parameter, param_group.Options)))
                throw new ArgumentException("A parameter appears in more than one place of the optimizer's groups.", nameof(param_group));
        Groups.Add(param_group);
    }

    /// <summary>The options and states themselves, not copies.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in Groups)
        {
            dictionary.Options.Add(group.Options);
            dictionary.StateIndexRef.Add([]);
            foreach (var parameter in group.Parameters)
            {
                dictionary.StateIndexRef[^1].Add(dictionary.State.Count);
                dictionary.State.Add(states[parameter]);
            }
        }
        return dictionary;
    }

    /// <summary>Copies options and states from another optimizer's.</summary>
    /// <exception cref="ArgumentException">The groups or parameters are not as many.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        var own = this.state_dict();
        CheckCounts(own, state_dict.Options.Count, state_dict.State.Count);
        for (var i = 0; i < own.Options.Count; i++)
            if (!ReferenceEquals(own.Options[i], state_dict.Options[i])) own.Options[i].LoadStateDict(state_dict.Options[i]);
        for (var i = 0; i < own.State.Count; i++)
            if (!ReferenceEquals(own.State[i], state_dict.State[i])) own.State[i].LoadStateDict(state_dict.State[i]);
    }

    public void save_state_dict(string location) => StateFile.WriteAtomically(location, save_state_dict);

    public void save_state_dict(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var own = state_dict();
        writer.Write(GetType().Name);
        StateFile.WriteNumber(writer, own.Options.Count);
        StateFile.WriteNumber(writer, own.State.Count);
        foreach (var options in own.Options) options.SaveStateDict(writer);
        foreach (var state in own.State) state.SaveStateDict(writer);
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    public void load_state_dict(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var name = reader.ReadString();
        if (name != GetType().Name) throw new InvalidDataException($"The state must be of {GetType().Name}, but is of {name}.");
        var own = state_dict();
        CheckCounts(own, StateFile.ReadNumber(reader), StateFile.ReadNumber(reader));
        foreach (var options in own.Options) options.LoadStateDict(reader);
        foreach (var state in own.State) state.LoadStateDict(reader);
    }

    /// <summary>Moves the states.</summary>
    public void to(torch.Device device)
    {
        foreach (var state in states.Values) state.to(device);
    }

    private protected abstract OptimizerState NewState(Parameter parameter, OptimizerOptions options);

    /// <summary>Changes one parameter in place; a scope is open, and no gradient is recorded.</summary>
    private protected abstract void Step(Parameter parameter, torch.Tensor gradient, OptimizerState state, OptimizerOptions options);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var state in states.Values) state.Dispose();
            states.Clear();
            Groups.Clear();
        }
        base.Dispose(disposing);
    }

    private static void CheckCounts(StateDictionary own, long groups, long parameters)
    {
        if (groups != own.Options.Count) throw new ArgumentException($"The optimizer has {own.Options.Count} parameter groups, but the state has {groups}.");
        if (parameters != own.State.Count) throw new ArgumentException($"The optimizer has {own.State.Count} parameters, but the state has {parameters}.");
    }

    /// <summary>Options per group, and states per parameter in the order of the groups.</summary>
    public class StateDictionary
    {
        internal StateDictionary()
        {
        }

        public List<OptimizerOptions> Options { get; } = [];

        public List<OptimizerState> State { get; } = [];

        /// <summary>For each group, the places of its parameters in <see cref="State"/>.</summary>
        public List<List<int>> StateIndexRef { get; } = [];
    }
}
