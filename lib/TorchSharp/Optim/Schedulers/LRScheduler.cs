using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Schedules of the learning rate; each changes the optimizer's groups at every <c>step</c>.</summary>
        public static partial class lr_scheduler
        {
            public abstract class LRScheduler
            {
                private readonly bool isVerbose;

                /// <summary>A heir's constructor ends with a call of <see cref="step()"/>, which sets the first rate.</summary>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    Optimizer = optimizer;
                    Groups = [.. optimizer.ParamGroups];
                    LastEpoch = last_epoch;
                    isVerbose = verbose;
                    BaseRates = [.. Groups.Select(group => group.InitialLearningRate)];
                    LastRates = Rates;
                }

                internal Optimizer Optimizer { get; }

                internal IReadOnlyList<ILearningRateController> Groups { get; }

                /// <summary>How many steps lie behind, the first one not counted.</summary>
                internal int LastEpoch { get; set; }

                internal int StepCount { get; set; }

                /// <summary>What the groups started from.</summary>
                internal double[] BaseRates { get; }

                internal double[] LastRates { get; set; }

                /// <summary>The groups' rates as they are now.</summary>
                internal double[] Rates => [.. Groups.Select(group => group.LearningRate)];

                public virtual void step() => step(epoch: null);

                /// <param name="epoch">Where to go; null is one further.</param>
                public virtual void step(int? epoch)
                {
                    StepCount++;
                    LastEpoch = epoch ?? LastEpoch + 1;
                    var rates = (epoch is null ? get_lr() : get_closed_form_lr()).ToArray();
                    Apply(rates);
                }

                /// <param name="current">A measurement, which only <c>ReduceLROnPlateau</c> looks at.</param>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The rates that the last step set, one per group.</summary>
                public IEnumerable<double> get_last_lr() => LastRates;

                /// <summary>The rates of this step, from those of the last.</summary>
                protected virtual IEnumerable<double> get_lr() => Rates;

                /// <summary>The rates of this step, from the first ones.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                internal void InitialStep()
                {
                    StepCount = 0;
                    step();
                }

                private protected void Apply(double[] rates)
                {
                    for (var i = 0; i < rates.Length; i++)
                    {
                        Groups[i].LearningRate = rates[i];
                        if (isVerbose && LastRates[i] != rates[i])
                            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Adjusting the learning rate of group {i} to {rates[i]}."));
                    }
                    LastRates = rates;
                }
            }
        }
    }
}
