using System.Net;
using System.Text.Json;
using DeepKeras.Callbacks;
using DeepKeras.Tests.Callbacks.Fixtures;

namespace DeepKeras.Tests.Callbacks;

/// <summary>Against a server on this machine.</summary>
public sealed class RemoteMonitorTests
{
    [Test]
    public void FiguresAreSentAsAFormWithOneField()
    {
        using var scope = torch.NewDisposeScope();
        using var server = new PostServer();
        new FakeRun(new RemoteMonitor(server.Root)).Epochs("val_loss", 0.5, 0.25);
        server.Requests.Select(r => (r.Path, r.Type)).Should().AllBeEquivalentTo(("/publish/epoch/end/", "application/x-www-form-urlencoded")).And.HaveCount(2);
        var body = WebUtility.UrlDecode(server.Requests[1].Body);
        body.Should().StartWith("data=");
        JsonSerializer.Deserialize<Dictionary<string, double>>(body["data=".Length..]).Should().BeEquivalentTo(new Dictionary<string, double> { ["epoch"] = 1, ["loss"] = 1, ["val_loss"] = 0.25 });
    }

    [Test]
    public void FiguresAreSentAsJsonWithHeaders()
    {
        using var scope = torch.NewDisposeScope();
        using var server = new PostServer();
        new FakeRun(new RemoteMonitor(server.Root, "/run/7", headers: new Dictionary<string, string> { ["X-Token"] = "secret" }, sendAsJson: true)).Epochs("val_loss", double.NaN);
        var (path, type, token, body) = server.Requests.Should().ContainSingle().Subject;
        (path, token).Should().Be(("/run/7", "secret"));
        type.Should().StartWith("application/json");
        body.Should().Be("""{"epoch":0,"loss":1,"val_loss":"NaN"}""");
    }

    [Test]
    public void AServerThatFailsIsReportedOnceAndDoesNotEndTheTraining()
    {
        using var scope = torch.NewDisposeScope();
        var server = new PostServer { Status = 503 };
        var refusing = new FakeRun(new RemoteMonitor(server.Root));
        refusing.Epochs("val_loss", 1, 2, 3).Should().Be(3);
        refusing.Text.Should().Be($"RemoteMonitor: the server {server.Root} answered 503; its figures are lost, training goes on.\n");
        server.Dispose();
        var gone = new FakeRun(new RemoteMonitor(server.Root));
        gone.Epochs("val_loss", 1, 2, 3).Should().Be(3);
        gone.Text.Should().Match($"RemoteMonitor: the server {server.Root} could not be reached (*); its figures are lost, training goes on.\n");
    }

    [Test]
    public void AnAddressThatIsNoneIsRefused()
    {
        var make = () => new RemoteMonitor("localhost:9000");
        make.Should().Throw<KerasException>().WithMessage("RemoteMonitor: root must be an address of http or https but was \"localhost:9000/publish/epoch/end/\". *");
    }
}
