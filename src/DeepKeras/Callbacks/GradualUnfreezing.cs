namespace DeepKeras.Callbacks;

/// <summary>Lets a frozen network learn step by step, from its head towards its input, at given epochs (Howard and Ruder 2018, section 3.3).</summary>
/// <remarks>
/// <code>
/// net.Freeze(); net.Unfreeze(from: "head");
/// net.Fit(x, y, epochs: 9, callbacks: [new GradualUnfreezing((3, "block5_conv1"), (6, "block4_conv1")) { LearningRateFactor = 0.3 }]);
/// </code>
/// </remarks>
public sealed class GradualUnfreezing : Callback
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="steps">For each step the epoch, from 0, at whose beginning it happens, and the first layer that learns from then on.</param>
    /// <exception cref="KerasException">There is no step, an epoch is negative, or the epochs do not rise.</exception>
    public GradualUnfreezing(params IReadOnlyList<(int Epoch, string From)> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        if (steps.Count == 0 || steps[0].Epoch < 0 || steps.Zip(steps.Skip(1)).Any(p => p.First.Epoch >= p.Second.Epoch)) throw Throw.UnfreezingSteps(steps);
        Steps = steps;
    }

    /// <summary>The epochs and the layers.</summary>
    public IReadOnlyList<(int Epoch, string From)> Steps { get; }

    /// <summary>What the learning rate is multiplied by at each step; 1, as it was, by default. A schedule of learning rates decides alone.</summary>
    public double LearningRateFactor { get; init; } = 1;

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs)
    {
        // A name that does not exist is found before the first epoch, not after hours.
        foreach (var (_, from) in Steps)
        {
            if (ModelFreezing.Find(Model, from) is null) throw Throw.NoSuchLayer(Model, from);
        }
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, Logs logs)
    {
        foreach (var (at, from) in Steps)
        {
            if (at != epoch) continue;
            Model.Unfreeze(from);
            if (LearningRateFactor == 1) continue;
            foreach (var optimizer in Model.Optimizer?.Parts ?? [])
            {
                if (optimizer.LearningRate.Schedule is null) optimizer.LearningRate = optimizer.CurrentLearningRate * LearningRateFactor;
            }
        }
    }
}
