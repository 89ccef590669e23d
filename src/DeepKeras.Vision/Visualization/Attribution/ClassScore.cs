namespace DeepKeras.Vision.Visualization;

/// <summary>Which number of a class is explained.</summary>
public enum ClassScore
{
    /// <summary>
    /// The score before a softmax or sigmoid at the model's end, computed from the last layer's input and weights
    /// (<see cref="Inspection.LayerReading.Logits"/>); the output itself where the model ends otherwise. The papers' choice: a probability can also
    /// rise because the other classes fall, and its gradient vanishes where the model is sure.
    /// </summary>
    Logit,

    /// <summary>The model's output as it is: the probability of the class for a softmax or sigmoid.</summary>
    Probability,
}
