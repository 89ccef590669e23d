namespace DeepKeras.Applications.Tests;

/// <summary>Once for the whole run.</summary>
[SetUpFixture]
public sealed class TestSetup
{
    [OneTimeSetUp]
    public void Prepare() => Keras.Device = torch.CPU;
}
